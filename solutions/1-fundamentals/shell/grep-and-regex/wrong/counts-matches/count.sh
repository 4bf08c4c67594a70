#!/usr/bin/env bash
grep ' db\.shop ' "$1" | grep -o ERROR | wc -l

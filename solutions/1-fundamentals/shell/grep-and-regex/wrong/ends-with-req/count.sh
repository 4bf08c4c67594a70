#!/usr/bin/env bash
grep -c '^[^ ]* ERROR db\.shop ' "$1" || [ $? -eq 1 ]

#!/usr/bin/env bash
find "$1" -type f | wc -l

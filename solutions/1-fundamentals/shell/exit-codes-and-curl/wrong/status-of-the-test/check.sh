#!/usr/bin/env bash
curl -fsS --max-time 2 -o /dev/null "$1"
if [ $? -eq 22 ]; then
    exit 1
elif [ $? -ne 0 ]; then
    exit 2
fi

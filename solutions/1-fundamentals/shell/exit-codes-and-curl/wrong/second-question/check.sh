#!/usr/bin/env bash
curl -fsS --max-time 2 "$1" >/dev/null
if [ $? -eq 0 ]; then
    exit 0
elif [ $? -eq 22 ]; then
    exit 1
else
    exit 2
fi

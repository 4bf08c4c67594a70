#!/usr/bin/env bash
if curl -fsS --max-time 2 -o /dev/null "$1"; then
    exit 0
else
    echo "FAIL $1" >&2
fi

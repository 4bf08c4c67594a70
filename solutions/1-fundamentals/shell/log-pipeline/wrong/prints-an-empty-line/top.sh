#!/usr/bin/env bash
lines=$(cut -d ' ' -f 1 "$1" | sort | uniq -c | sort -k 1,1nr -k 2,2 | head -n 5)
echo "$lines"

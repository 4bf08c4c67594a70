#!/usr/bin/env bash
grep -oE '([0-9]{1,3}\.){3}[0-9]{1,3}' "$1" | sort | uniq -c | sort -k 1,1nr -k 2,2 | head -n 5

#!/usr/bin/env bash
awk '{ n[$1]++ } END { for (c in n) print n[c], c }' "$1" | sort -k 1,1r -k 2,2 | head -n 5

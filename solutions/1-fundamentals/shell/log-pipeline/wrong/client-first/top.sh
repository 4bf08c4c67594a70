#!/usr/bin/env bash
awk '{c[$1]++} END {for (k in c) print k, c[k]}' "$1" | sort -k2 -nr | head -5

#!/usr/bin/env bash
set -euo pipefail
cut -d ' ' -f 1 "$1" | sort | uniq -c | sort -k 1,1nr -k 2,2 | head -n 5

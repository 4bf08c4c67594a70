#!/usr/bin/env bash
status=$(curl -s --max-time 2 -o /dev/null -w '%{http_code}' "$1")
[ "$status" = 000 ] && { echo "no answer" >&2; exit 2; }
[ "$status" = 200 ] || { echo "status $status" >&2; exit 1; }

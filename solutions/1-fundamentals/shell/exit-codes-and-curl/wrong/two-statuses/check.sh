#!/usr/bin/env bash
status=$(curl -s --max-time 2 -o /dev/null -w '%{http_code}' "$1") || { echo "no answer" >&2; exit 2; }
case $status in
    404 | 500) echo "status $status" >&2; exit 1 ;;
esac

#!/usr/bin/env bash
curl -fsS --max-time 2 -o /dev/null "$1"
case $? in
    22) exit 1 ;;
    7 | 28) exit 2 ;;
esac
exit 0

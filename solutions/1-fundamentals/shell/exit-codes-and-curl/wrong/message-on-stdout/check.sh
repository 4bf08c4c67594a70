#!/usr/bin/env bash
curl -fs --max-time 2 -o /dev/null "$1"
case $? in
    0) exit 0 ;;
    22) echo "HTTP error"; exit 1 ;;
esac
echo "no answer"
exit 2

#!/usr/bin/env bash
curl -fsS --max-time 2 "$1"
case $? in
    0) exit 0 ;;
    22) exit 1 ;;
esac
exit 2

#!/usr/bin/env bash
curl -fsS -o /dev/null "$1"
case $? in
    0) exit 0 ;;
    22) exit 1 ;;
esac
exit 2

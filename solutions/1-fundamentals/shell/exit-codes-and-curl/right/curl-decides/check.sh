#!/usr/bin/env bash
# Route: --fail joins the two numbers, so curl's exit status tells all; its
# own messages go to stderr (-S). Short. What it cannot tell apart any more is
# one HTTP error from another.
curl --fail -sS --max-time 2 -o /dev/null "$1"
case $? in
    0) exit 0 ;;
    22) exit 1 ;;
    *) exit 2 ;;
esac

#!/usr/bin/env bash
# Route: the HTTP status is caught as text, and is 000 where none came; the
# messages are our own. Longer, and it can treat each status as it likes.
status=$(curl -s --max-time 2 -o /dev/null -w '%{http_code}' "$1")
case $status in
    2?? | 3??) ;;
    4?? | 5??)
        echo "$1: HTTP status $status" >&2
        exit 1
        ;;
    *)
        echo "$1: no answer" >&2
        exit 2
        ;;
esac

#!/usr/bin/env bash
# Route: the status is kept in a variable at once, so that the script may go
# on and still hand it back.
"$@" >>out.log 2>>err.log
status=$?
echo "$1 ended with $status"
exit "$status"

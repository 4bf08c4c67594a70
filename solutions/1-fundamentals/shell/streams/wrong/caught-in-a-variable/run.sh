#!/usr/bin/env bash
output=$("$@" 2>>err.log)
status=$?
echo "$output" >>out.log
exit $status

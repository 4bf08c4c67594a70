#!/usr/bin/env bash
tests=(-type f -name '*.tmp' -mtime +6 -not -path '*/.git/*')
if [ $1 = --dry-run ]; then
    find . "${tests[@]}"
else
    find . "${tests[@]}" -delete
fi

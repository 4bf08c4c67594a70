#!/usr/bin/env bash
# Route: the tests stand once, in an array, so that the dry run and the real
# one cannot differ. find deletes by itself: no name is handed on. It does
# walk through .git, and takes nothing there.
tests=(-type f -name '*.tmp' ! -path '*/.git/*' -mtime +6)   # +6: more than 6 whole days, so from 7 days on

if [ "${1:-}" = --dry-run ]; then
    find . "${tests[@]}" -print
else
    find . "${tests[@]}" -delete
fi

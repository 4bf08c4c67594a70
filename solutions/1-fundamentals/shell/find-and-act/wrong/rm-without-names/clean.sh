#!/usr/bin/env bash
tests=(-type f -name '*.tmp' -not -path '*/.git/*' -mtime +6)
if [ "${1:-}" = --dry-run ]; then
    find . "${tests[@]}"
else
    find . "${tests[@]}" -print0 | xargs -0 rm
fi

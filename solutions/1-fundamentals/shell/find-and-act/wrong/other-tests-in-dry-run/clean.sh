#!/usr/bin/env bash
if [ "${1:-}" = --dry-run ]; then
    find . -type f -name '*.tmp' -mtime +6
else
    find . -type f -name '*.tmp' -not -path '*/.git/*' -mtime +6 -delete
fi

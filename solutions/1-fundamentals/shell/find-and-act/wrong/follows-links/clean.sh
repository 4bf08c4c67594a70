#!/usr/bin/env bash
act=-delete
if [ "${1:-}" = --dry-run ]; then act=-print; fi
find -L . -type f -name '*.tmp' -not -path '*/.git/*' -mtime +6 $act

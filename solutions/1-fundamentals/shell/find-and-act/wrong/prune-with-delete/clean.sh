#!/usr/bin/env bash
act=-delete
[ "${1:-}" = --dry-run ] && act=-print
find . -depth -name .git -prune -o -type f -name '*.tmp' -mtime +6 $act

#!/usr/bin/env bash
act=-delete
[ "${1:-}" = --dry-run ] && act=-print
find . -type f -name *.tmp -not -path '*/.git/*' -mtime +6 $act

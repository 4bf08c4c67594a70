#!/usr/bin/env bash
run=
[ "${1:-}" = --dry-run ] && run=echo
find . -type f -name '*.tmp' -not -path '*/.git/*' -mtime +6 -exec $run rm {} \;

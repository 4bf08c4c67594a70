#!/usr/bin/env bash
if [ "${1:-}" = --dry-run ]; then
    find . -name '*.tmp' -not -path '*/.git/*' -mmin +10080
else
    find . -depth -name '*.tmp' -not -path '*/.git/*' -mmin +10080 -exec rm -rf {} +
fi

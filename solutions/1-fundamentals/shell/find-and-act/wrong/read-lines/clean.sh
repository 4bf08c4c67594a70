#!/usr/bin/env bash
find . -type f -name '*.tmp' -not -path '*/.git/*' -mmin +10080 | while IFS= read -r file; do
    if [ "${1:-}" = --dry-run ]; then echo "$file"; else rm -- "$file"; fi
done
exit 0

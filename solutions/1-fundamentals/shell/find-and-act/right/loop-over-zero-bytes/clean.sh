#!/usr/bin/env bash
# Route: find makes a list with a zero byte after each path, and a loop
# decides what to do with each. Longer; it is the form for actions that need
# more than one command. The age is a date here, which GNU find understands.
find . -type f -name '*.tmp' -not -path '*/.git/*' -not -newermt '7 days ago' -print0 |
    while IFS= read -r -d '' file; do
        if [[ ${1-} == --dry-run ]]; then
            printf '%s\n' "$file"
        else
            rm -- "$file"
        fi
    done

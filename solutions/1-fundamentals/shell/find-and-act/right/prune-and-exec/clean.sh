#!/usr/bin/env bash
# Route: -prune keeps find out of .git, which saves time where it is big. It
# has no effect beside -delete, so rm is started, with many names at once;
# find hands them on whole. The age is in minutes: 7 * 24 * 60.
action=(-exec rm -- {} +)
[[ ${1-} != --dry-run ]] || action=(-print)
find . -name .git -prune -o -type f -name '*.tmp' -mmin +10080 "${action[@]}"

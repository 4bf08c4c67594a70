#!/usr/bin/env bash
# Route: the matching lines are counted by wc, which ends with 0 also for
# none.
grep -E '^[^ ]+ ERROR db[.]shop ' "$1" | wc -l

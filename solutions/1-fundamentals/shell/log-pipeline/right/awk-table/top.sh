#!/usr/bin/env bash
# Route: awk counts in a table, in one pass; only the clients are sorted, not
# the requests. Faster where the log is long and clients are few. The last awk
# reads on to the end, so pipefail meets no SIGPIPE.
set -euo pipefail
awk '{ requests[$1]++ } END { for (client in requests) print requests[client], client }' "$1" |
    LC_ALL=C sort -k 1,1nr -k 2,2 |
    awk 'NR <= 5'

#!/usr/bin/env bash
# Route: uniq hands the clients on in text order, and a stable sort (-s)
# leaves equal counts as they came. sed prints five lines and reads on, so
# that the status is 0 with pipefail as well.
set -euo pipefail
export LC_ALL=C
sed 's/ .*//' "$1" | sort | uniq -c | sort -s -rn -k 1,1 | sed -n 1,5p

#!/usr/bin/env bash
# Route: the first sort brings equal lines together for uniq, the second one
# orders the counts. Short to type; sort keeps what does not fit into memory
# in files. No pipefail here: head may end before its writer does.
cut -d ' ' -f 1 "$1" | sort | uniq -c | LC_ALL=C sort -k 1,1nr -k 2,2 | head -n 5

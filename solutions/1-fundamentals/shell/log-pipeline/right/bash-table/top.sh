#!/usr/bin/env bash
# Route: bash alone counts, in an associative array. It works, and takes ten
# times as long as awk.
declare -A requests
while read -r client _; do
    requests[$client]=$((${requests[$client]-0} + 1))
done <"$1"
for client in "${!requests[@]}"; do
    echo "${requests[$client]} $client"
done | LC_ALL=C sort -k 1,1nr -k 2,2 | head -n 5

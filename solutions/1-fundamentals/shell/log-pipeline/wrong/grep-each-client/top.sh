#!/usr/bin/env bash
cut -d ' ' -f 1 "$1" | sort -u | while read -r client; do
    echo "$(grep -c "^$client" "$1") $client"
done | sort -k 1,1nr -k 2,2 | head -n 5

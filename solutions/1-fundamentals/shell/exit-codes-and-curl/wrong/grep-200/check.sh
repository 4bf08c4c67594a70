#!/usr/bin/env bash
page=$(curl -siL --max-time 2 "$1") || { echo "no answer from $1" >&2; exit 2; }
echo "$page" | grep -q '20[0-9]' || { echo "error: $(head -n 1 <<<"$page")" >&2; exit 1; }

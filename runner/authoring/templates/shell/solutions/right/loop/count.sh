#!/usr/bin/env bash
# Also what begins with a dot; without a match the pattern is nothing.
shopt -s dotglob nullglob
count=0
for path in "$1"/*; do
  [ -f "$path" ] && count=$((count + 1))
done
echo "$count"

#!/usr/bin/env bash
cd "$(dirname "$0")" || exit 1
shopt -s nullglob
mkdir -p photos
for f in *.jpeg; do
    mv -- "$f" "photos/${f%.jpeg}.jpg"
done

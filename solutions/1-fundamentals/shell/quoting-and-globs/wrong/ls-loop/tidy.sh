#!/usr/bin/env bash
mkdir -p photos
for f in $(ls *.jpeg 2>/dev/null); do
    mv -- "$f" "photos/${f%.jpeg}.jpg"
done

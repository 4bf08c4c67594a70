#!/usr/bin/env bash
mkdir -p photos
for f in ./*.jpeg; do
    [ -e "$f" ] && mv "$f" "photos/${f%.jpeg}.jpg"
done

#!/usr/bin/env bash
mkdir -p photos
for f in *.jpeg; do
    if [ "$f" != "*.jpeg" ]; then
        mv -- "$f" "photos/${f%.jpeg}.jpg"
    fi
done

#!/usr/bin/env bash
mkdir -p photos
if [ ! -f *.jpeg ]; then exit 0; fi
for f in *.jpeg; do
    mv -- "$f" "photos/${f%.jpeg}.jpg"
done

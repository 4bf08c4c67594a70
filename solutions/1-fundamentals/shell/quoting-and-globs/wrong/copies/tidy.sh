#!/usr/bin/env bash
shopt -s nullglob
mkdir -p photos
for f in *.jpeg; do
    cp -- "$f" "photos/${f%.jpeg}.jpg"
done

#!/usr/bin/env bash
set -e
shopt -s nullglob
mkdir photos
for f in *.jpeg; do
    mv -- "$f" "photos/${f%.jpeg}.jpg"
done

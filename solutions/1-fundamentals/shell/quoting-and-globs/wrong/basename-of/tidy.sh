#!/usr/bin/env bash
shopt -s nullglob
mkdir -p photos
for f in ./*.jpeg; do
    name=$(basename "$f" .jpeg)
    mv "$f" "photos/$name.jpg"
done

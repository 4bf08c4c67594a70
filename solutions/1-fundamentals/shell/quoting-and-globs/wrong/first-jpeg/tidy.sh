#!/usr/bin/env bash
shopt -s nullglob
mkdir -p photos
for f in *.jpeg; do
    mv -- "$f" "photos/${f/jpeg/jpg}"
done

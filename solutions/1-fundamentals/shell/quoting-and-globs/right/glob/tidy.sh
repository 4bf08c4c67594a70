#!/usr/bin/env bash
# Route: the glob itself is the loop's list, so bash never cuts the names;
# nullglob makes a glob without a match give no word at all. `./` keeps a
# leading dash from looking like an option.
set -eu
shopt -s nullglob

mkdir -p photos
for photo in ./*.jpeg; do
    mv "$photo" "photos/${photo%.jpeg}.jpg"
done

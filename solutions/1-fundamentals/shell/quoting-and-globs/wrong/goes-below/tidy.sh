#!/usr/bin/env bash
mkdir -p photos
find . -name '*.jpeg' -print0 | while IFS= read -r -d '' f; do
    name=${f##*/}
    mv "$f" "photos/${name%.jpeg}.jpg"
done

#!/usr/bin/env bash
mkdir -p photos
ls | grep '\.jpeg$' | while IFS= read -r f; do
    mv -- "$f" "photos/${f%.jpeg}.jpg"
done

#!/usr/bin/env bash
# Route: find starts a small shell with the names as its arguments, so they
# never become text.
mkdir -p photos
find . -maxdepth 1 -type f -name '*.jpeg' -exec sh -c '
    for f do
        mv "$f" "photos/${f%.jpeg}.jpg"
    done' sh {} +

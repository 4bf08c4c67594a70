#!/usr/bin/env bash
# Route: find hands the names on with a zero byte after each, the one sign
# that no name can hold. Good where folders are deep or hold more files than a
# command line can; a glob is shorter here.
mkdir -p photos
find . -maxdepth 1 -type f -name '*.jpeg' -print0 |
    while IFS= read -r -d '' f; do
        name=${f#./}
        mv "$f" "photos/${name%.jpeg}.jpg"
    done

#!/usr/bin/env bash
# Route: no option of bash is changed; a word that is no file is passed over,
# and `--` ends mv's options.
for f in *.jpeg; do
    [ -e "$f" ] || continue
    mkdir -p photos
    mv -- "$f" "photos/${f%.jpeg}.jpg"
done
exit 0

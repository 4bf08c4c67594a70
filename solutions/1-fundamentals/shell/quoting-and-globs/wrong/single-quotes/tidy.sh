#!/usr/bin/env bash
mkdir -p photos
for f in *.jpeg; do
    mv -- '$f' "photos/${f%.jpeg}.jpg"
done

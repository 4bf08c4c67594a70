#!/usr/bin/env bash
mkdir -p photos
for f in "$(ls | grep '\.jpeg$')"; do
    mv "$f" photos/"${f%.jpeg}".jpg
done

#!/usr/bin/env bash
# Moves every NAME.jpeg of the current folder to photos/NAME.jpg.

# TODO(learn): hold for names with blanks, newlines, * and a leading -, and for
# a folder where nothing is left to move
mkdir photos
for f in $(ls | grep '\.jpeg$'); do
    mv $f photos/${f%.jpeg}.jpg
done

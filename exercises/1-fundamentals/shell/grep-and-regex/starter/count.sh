#!/usr/bin/env bash
# Use: bash count.sh LOG
# Prints how many lines have the LEVEL ERROR and the HOST db.shop.

# TODO(learn): this shows lines, and too many of them
grep -i error "$1"

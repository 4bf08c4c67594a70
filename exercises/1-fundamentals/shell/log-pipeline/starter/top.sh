#!/usr/bin/env bash
# Use: bash top.sh LOG
# Prints the five clients with the most requests: COUNT CLIENT, most first.

# TODO(learn): this prints the client of each request; count them, sort, keep five
cut -d ' ' -f 1 "$1"

#!/usr/bin/env bash
# Use: bash ids.sh LOG
# Prints the request ids of a log, one a line.

# TODO(learn): this shows whole lines; print the ids alone
grep req "$1"

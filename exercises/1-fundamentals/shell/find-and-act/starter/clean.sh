#!/usr/bin/env bash
# Use: bash clean.sh [--dry-run]
# Deletes old *.tmp files in the current folder and below, outside of .git.

# TODO(learn): only files, only old ones, nothing in a .git folder; --dry-run
# prints them, and without it they are deleted
find . -name '*.tmp'

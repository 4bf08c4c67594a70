#!/usr/bin/env bash
# Use: bash count.sh FOLDER
# TODO(learn): print how many files lie in FOLDER
echo 0

#!/usr/bin/env bash
# Use: bash check.sh URL
# TODO(learn): exit 0 for a healthy server, 1 for an HTTP error, 2 for no answer
curl "$1"

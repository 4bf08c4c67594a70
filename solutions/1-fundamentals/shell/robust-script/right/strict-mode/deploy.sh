#!/usr/bin/env bash
# Route: bash's options do the stopping, and one trap on EXIT the cleaning:
# bash runs it at the last line, at a failure and when SIGTERM ends the
# script. Short; but know where set -e does not look (if, ||, &&).
set -euo pipefail

if [ -z "${1:-}" ]; then
    echo "usage: deploy.sh NAME" >&2
    exit 64
fi

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

bash build.sh "$dir" | sed 's/^/build: /'
bash test.sh "$dir" | sed 's/^/test: /'

mkdir -p "sites/$1"
rm -rf "sites/$1"/*
cp -R "$dir"/. "sites/$1"

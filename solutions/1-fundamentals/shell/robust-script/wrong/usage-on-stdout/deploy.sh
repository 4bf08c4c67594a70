#!/usr/bin/env bash
set -euo pipefail
if [ -z "${1:-}" ]; then
    echo "usage: deploy.sh NAME"
    exit 64
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bash build.sh "$dir" | sed 's/^/build: /'
bash test.sh "$dir" | sed 's/^/test: /'
mkdir -p "sites/$1"
rm -rf "sites/$1"/*
cp -R "$dir"/. "sites/$1"

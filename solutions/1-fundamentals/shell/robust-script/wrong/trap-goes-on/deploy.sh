#!/usr/bin/env bash
set -euo pipefail
[ -n "${1:-}" ] || { echo "usage: deploy.sh NAME" >&2; exit 64; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
bash build.sh "$dir" | sed 's/^/build: /'
bash test.sh "$dir" | sed 's/^/test: /'
mkdir -p "sites/$1"
rm -rf "sites/$1"/*
cp -R "$dir"/. "sites/$1"

#!/usr/bin/env bash
set -euo pipefail

if [ -z "${1:-}" ]; then
    echo "usage: deploy.sh NAME" >&2
    exit 64
fi

dir=$(mktemp -d)
trap 'rm -rf "${dir%/*}"/tmp.*' EXIT

bash build.sh "$dir" | sed 's/^/build: /'
bash test.sh "$dir" | sed 's/^/test: /'

rm -rf "sites/$1"
cp -R "$dir" "sites/$1"

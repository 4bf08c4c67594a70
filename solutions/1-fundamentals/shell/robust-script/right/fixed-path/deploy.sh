#!/usr/bin/env bash
# Route: strict mode, and a PATH of its own, so that the script meets the same
# rm and cp whoever calls it. The new site is made beside the old one, so that
# visitors miss the site for the time of two renames and no longer.
set -euo pipefail
PATH=/usr/bin:/bin

name=${1:-}
if [[ $name == "" ]]; then
    printf 'usage: %s NAME\n' "${0##*/}" >&2
    exit 64
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/deploy.XXXXXX")
trap 'rm -rf "$dir" "sites/.new-$name" "sites/.old-$name"' EXIT

for step in build test; do
    bash "$step.sh" "$dir" | sed "s/^/$step: /"
done

cp -R "$dir" "sites/.new-$name"
if [[ -d sites/$name ]]; then
    mv "sites/$name" "sites/.old-$name"
fi
mv "sites/.new-$name" "sites/$name"

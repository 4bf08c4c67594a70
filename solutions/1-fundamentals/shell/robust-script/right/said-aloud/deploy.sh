#!/usr/bin/env bash
# Route: no option is set; each step's end is looked at where it stands.
# Longer, and it can say what failed. SIGTERM has a trap of its own here,
# which has to call exit; the EXIT trap then follows.

die() {
    echo "deploy.sh: $2" >&2
    exit "$1"
}

step() {
    bash "$1.sh" "$dir" | sed "s/^/$1: /"
    [ "${PIPESTATUS[0]}" -eq 0 ] || die 1 "$1.sh failed, nothing was deployed"
}

name=${1-}
[ -n "$name" ] || die 64 "usage: deploy.sh NAME"

dir=$(mktemp -d) || die 1 "no temporary folder"
trap 'rm -rf -- "$dir"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step build
step test
rm -rf -- "sites/${name:?}" || die 1 "sites/$name could not be replaced"
cp -R -- "$dir" "sites/$name" || die 1 "sites/$name is not complete"

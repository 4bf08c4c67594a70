#!/usr/bin/env bash
# Route: each step runs beside the script, which waits for it. So the trap
# runs at once when SIGTERM comes, not when the step is done, and ends the
# step too: set -m gives it a process group of its own, and `kill -- -NUMBER`
# reaches the whole group. The folder itself is moved into place at the end.
set -euo pipefail -m
[[ ${1:-} ]] || { echo "usage: deploy.sh NAME" >&2; exit 64; }

running=
dir=$(mktemp -d)
cleanup() {
    if [[ $running ]]; then kill -- "-$running" || true; fi
    rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 143' TERM

for step in build test; do
    (bash "$step.sh" "$dir" | sed "s/^/$step: /") &
    running=$!
    wait "$running"
    running=
done
rm -rf "sites/$1"
mv "$dir" "sites/$1"
chmod 755 "sites/$1"

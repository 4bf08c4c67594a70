#!/usr/bin/env bash
# Route: only the head of the page is asked for, redirects are followed,
# `timeout` bounds the whole call. The page as it is in the end counts; some
# servers answer HEAD in another way than GET.
fail() {
    echo "check.sh: $2" >&2
    exit "$1"
}
head=$(timeout 2 curl -sIL "$1") || fail 2 "no answer from $1"
read -r _ status _ < <(grep '^HTTP/' <<<"$head" | tail -n 1)
[ "$status" -lt 400 ] || fail 1 "$1 answered $status"

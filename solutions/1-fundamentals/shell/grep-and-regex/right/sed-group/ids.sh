#!/usr/bin/env bash
# Route: sed matches the whole line and puts the group, the eight signs, in
# its place; p prints where that worked. sed ends with 0 also where it printed
# nothing.
sed -nE 's/^[^ ]+ [^ ]+ [^ ]+ (.* )?req=([0-9a-f]{8})( .*)?$/\2/p' "$1"

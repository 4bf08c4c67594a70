#!/usr/bin/env bash
# Route: each word of TEXT is tried against a pattern that is tied down at
# both ends.
awk '{
    for (i = 4; i <= NF; i++)
        if (length($i) == 12 && $i ~ /^req=[0-9a-f]+$/)
            print substr($i, 5)
}' "$1"

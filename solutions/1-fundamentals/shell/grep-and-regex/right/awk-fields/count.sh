#!/usr/bin/env bash
# Route: awk cuts the line into fields, and whole fields are compared: no
# pattern, nothing to escape or tie down.
awk '$2 == "ERROR" && $3 == "db.shop" { n++ } END { print n + 0 }' "$1"

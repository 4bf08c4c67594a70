#!/usr/bin/env bash
awk '$2 == "ERROR" && $3 == "db.shop" { n++ } END { print n }' "$1"

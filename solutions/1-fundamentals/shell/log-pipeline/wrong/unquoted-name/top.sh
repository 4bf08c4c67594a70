#!/usr/bin/env bash
cut -d " " -f 1 $1 | sort | uniq -c | sort -rn | head -n 5

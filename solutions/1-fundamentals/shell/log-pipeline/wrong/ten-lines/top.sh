#!/usr/bin/env bash
cut -d ' ' -f 1 "$1" | sort | uniq -c | sort -k 1,1nr -k 2,2 | head

#!/usr/bin/env bash
if [[ $1 == --dry-run ]]; then act=-print; else act='rm {}'; fi
find . -type f -name '*.tmp' -mtime +6 -not -path '*/.git/*' -exec $act \;

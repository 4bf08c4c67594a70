#!/usr/bin/env bash
find . -type f -name '*.tmp' -not -path '*/.git/*' -mtime +6 -print -delete

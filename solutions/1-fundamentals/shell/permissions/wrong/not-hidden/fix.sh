#!/usr/bin/env bash
shopt -s globstar nullglob
date >fixed.log
find . -type d -exec chmod 750 {} +
for f in ./**; do [ -f "$f" ] && [ ! -L "$f" ] && chmod 640 "$f"; done
for f in ./**/*.sh; do chmod 740 "$f"; done
for f in ./**/*.key; do chmod 600 "$f"; done

#!/usr/bin/env bash
shopt -s globstar dotglob
umask 027
for f in . **; do
    if [ -L "$f" ]; then
        continue
    elif [ -d "$f" ]; then
        chmod 750 "$f"
    elif [[ $f == *.sh ]]; then
        chmod 740 "$f"
    elif [[ $f == *.key ]]; then
        chmod 600 "$f"
    else
        chmod 640 "$f"
    fi
done
date >fixed.log

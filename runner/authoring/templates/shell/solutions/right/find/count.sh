#!/usr/bin/env bash
# One line for each file; a name with a line end in it would count twice, so a letter stands for it.
find "$1" -maxdepth 1 -type f -printf 'x\n' | wc -l

#!/usr/bin/env bash
# Route: the first grep takes the word out, with what ends it; the second keeps its eight signs.
grep -oE ' req=[0-9a-f]{8}( |$)' "$1" | grep -oE '[0-9a-f]{8}' || [ $? -eq 1 ]

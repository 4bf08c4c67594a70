#!/usr/bin/env bash
# Route: one pattern from the line's beginning on. [^ ]* cannot run over a
# blank, so ERROR is the second field. grep ends with 1 where nothing matched;
# an error, 2, is still one.
grep -c '^[^ ]* ERROR db\.shop ' "$1" || [ $? -eq 1 ]

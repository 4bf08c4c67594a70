#!/usr/bin/env bash
grep -c '^[^ ]* ERROR db\.shop ' "$1" || echo 0

#!/usr/bin/env bash
grep -woE "req=[0-9a-f]{8}" "$1" | cut -d = -f 2

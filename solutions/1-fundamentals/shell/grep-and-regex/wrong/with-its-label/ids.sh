#!/usr/bin/env bash
grep -oE '\breq=[0-9a-f]{8}\b' "$1" || true

#!/usr/bin/env bash
grep -oP '\breq=\K[0-9a-f]{8}' "$1" || true

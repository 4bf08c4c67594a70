#!/usr/bin/env bash
grep -o "req=.*" "$1" | cut -d = -f 2

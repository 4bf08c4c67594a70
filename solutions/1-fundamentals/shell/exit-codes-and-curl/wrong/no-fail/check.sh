#!/usr/bin/env bash
curl -sS --max-time 2 -o /dev/null "$1" || exit 2

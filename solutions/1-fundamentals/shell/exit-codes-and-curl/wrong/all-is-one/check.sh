#!/usr/bin/env bash
curl -fsS --max-time 2 -o /dev/null "$1" || exit 1

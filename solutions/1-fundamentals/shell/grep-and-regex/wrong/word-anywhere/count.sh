#!/usr/bin/env bash
grep -w ERROR "$1" | grep -cw 'db\.shop' || true

#!/usr/bin/env bash
ls -1 "$1" | wc -l

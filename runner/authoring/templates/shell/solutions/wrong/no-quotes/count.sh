#!/usr/bin/env bash
find $1 -maxdepth 1 -type f | wc -l

#!/usr/bin/env bash
touch err.log
"$@" 2>&1 >>out.log

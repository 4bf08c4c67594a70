#!/usr/bin/env bash
if ! "$@" >>out.log 2>>err.log; then
    exit 1
fi

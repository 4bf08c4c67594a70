#!/usr/bin/env bash
# Use: bash run.sh CMD ARG...
# TODO(learn): stdout to the end of out.log, stderr to the end of err.log, and
# the exit status of CMD as the script's own
$1 >out.log

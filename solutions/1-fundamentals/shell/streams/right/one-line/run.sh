#!/usr/bin/env bash
# Route: both redirections on the command's own line; it is the last one, so
# its status is the script's.
"$@" >>out.log 2>>err.log

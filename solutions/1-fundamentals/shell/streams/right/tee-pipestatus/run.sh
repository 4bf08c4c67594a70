#!/usr/bin/env bash
# Route: the output is shown as well. A pipeline has the status of its last
# part, tee, so that of the first part is taken from PIPESTATUS; it has to be
# read before any other command.
"$@" 2>>err.log | tee -a out.log
exit "${PIPESTATUS[0]}"

#!/usr/bin/env bash
# Route: the script moves its own streams; whatever it runs afterwards
# inherits them.
exec >>out.log 2>>err.log
"$@"

#!/usr/bin/env bash
# Use: bash with-server.sh CMD ARG...
bash server.sh &

# TODO(learn): wait until the server is ready, or gone
sleep 1

"$@"

# TODO(learn): let the server finish; end with the status of CMD
kill -9 $!

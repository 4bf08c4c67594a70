#!/usr/bin/env bash
bash server.sh &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server"' EXIT
until [ -e server.ready ]; do
    kill -0 "$server" 2>/dev/null || exit 0
    sleep 0.1
done
"$@"

#!/usr/bin/env bash
bash server.sh &
server=$!
until [ -e server.ready ]; do
    sleep 0.1
done
"$@"
status=$?
kill "$server"
wait "$server"
exit "$status"

#!/usr/bin/env bash
bash server.sh &
server=$!
until [ -e server.ready ]; do
    kill -0 "$server" 2>/dev/null || exit 1
    sleep 0.1
done
"$@"
status=$?
kill -9 -1
wait "$server"
exit "$status"

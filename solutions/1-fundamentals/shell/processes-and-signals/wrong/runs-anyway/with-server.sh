#!/usr/bin/env bash
bash server.sh &
server=$!
for ((try = 0; try < 30; try++)); do
    [ -e server.ready ] && break
    sleep 0.1
done
"$@"
status=$?
kill "$server"
wait "$server"
exit "$status"

#!/usr/bin/env bash
bash server.sh &
server=$!
sleep 4
"$@"
status=$?
kill "$server"
wait "$server"
exit "$status"

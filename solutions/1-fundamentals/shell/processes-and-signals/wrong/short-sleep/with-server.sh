#!/usr/bin/env bash
bash server.sh &
server=$!
sleep 1
"$@"
status=$?
kill "$server"
wait "$server"
exit "$status"

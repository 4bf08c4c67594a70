#!/usr/bin/env bash
bash server.sh &
server=$!
sleep 2
"$@"
status=$?
kill "$server"
wait "$server"
exit "$status"

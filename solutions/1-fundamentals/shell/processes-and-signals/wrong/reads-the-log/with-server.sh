#!/usr/bin/env bash
bash server.sh >server.log 2>&1 &
server=$!
until grep -q 'server: ready' server.log; do
    kill -0 "$server" || exit 1
    sleep 0.1
done
"$@"
status=$?
kill "$server"
wait "$server"
exit "$status"

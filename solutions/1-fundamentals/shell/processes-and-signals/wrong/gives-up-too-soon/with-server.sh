#!/usr/bin/env bash
bash server.sh &
server=$!
for try in 1 2 3 4 5 6 7 8 9 10; do
    [ -e server.ready ] && break
    sleep 0.1
done
[ -e server.ready ] || { kill "$server"; exit 1; }
"$@"
status=$?
kill "$server"
wait "$server"
exit "$status"

#!/usr/bin/env bash
# Route: neither the start nor the stop may take for ever. A server that does
# not end after SIGTERM is killed, as the last resort and not as the first:
# what service managers and container engines do.
bash server.sh &
server=$!

for ((try = 0; try < 30; try++)); do
    [ -e server.ready ] && break
    sleep 0.1
done

status=1
if [ -e server.ready ]; then
    "$@"
    status=$?
fi

kill -TERM "$server" 2>/dev/null
for ((try = 0; try < 100; try++)); do
    kill -0 "$server" 2>/dev/null || exit "$status"
    sleep 0.1
done
kill -KILL "$server"
exit "$status"

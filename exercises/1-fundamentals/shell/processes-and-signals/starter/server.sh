#!/usr/bin/env bash
# A stand-in for a server: it takes a moment to start, and one to finish.
# SERVER_DELAY=2 sets the seconds to start; with SERVER_FAILS=1 it never does.
stop() {
    echo "server: SIGTERM, finishing"
    sleep 0.5
    rm -f server.ready
    echo "server: done"
    exit 0
}
trap stop TERM
sleep "${SERVER_DELAY:-1}" &
wait $!
if [ -n "${SERVER_FAILS:-}" ]; then
    echo "server: cannot start" >&2
    exit 1
fi
touch server.ready
echo "server: ready"
while true; do
    sleep 0.1
done

#!/usr/bin/env bash
# Route: one thing after the other, by the job's number, %1. The status is
# kept in a variable before anything else runs. Readable from top to bottom; a
# script that is itself ended half-way leaves its server behind.
bash server.sh &

until [ -e server.ready ]; do
    if [ -z "$(jobs -r)" ]; then
        echo "with-server.sh: the server ended too early" >&2
        exit 1
    fi
    sleep 0.05
done

"$@"
status=$?

kill %1
wait %1
exit "$status"

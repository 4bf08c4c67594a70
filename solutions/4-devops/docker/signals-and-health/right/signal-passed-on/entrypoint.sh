#!/bin/sh
set -eu
printf '{"greeting": "%s"}\n' "${GREETING:-Hello}" > settings.json
# The shell stays, for what is to be done afterwards, and passes the signal on.
python app.py &
child=$!
trap 'kill -TERM "$child"' TERM
wait "$child" || true # ends at the signal
wait "$child"

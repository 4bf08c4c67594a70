#!/usr/bin/env bash
# Route: a trap stops the server however the script ends, so also where CMD
# fails or Ctrl-C comes. The trap calls no `exit`, so the script ends with the
# status that it had: that of CMD, the last command.
bash server.sh &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server"' EXIT

until [ -e server.ready ]; do
    kill -0 "$server" 2>/dev/null || exit 1
    sleep 0.1
done

"$@"

#!/usr/bin/env bash
# Route: pkill by name, but among the children of this script alone ($$ is its
# process id). The strict options end it at the first failure, so CMD stands
# in a condition, where a failure is expected.
set -euo pipefail
bash server.sh &
while [ ! -e server.ready ]; do
    pgrep -P $$ -x bash >/dev/null
    sleep 0.1
done
if "$@"; then status=0; else status=$?; fi
pkill -TERM -P $$ -x bash
wait
exit "$status"

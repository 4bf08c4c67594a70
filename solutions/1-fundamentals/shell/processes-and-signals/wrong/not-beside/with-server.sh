#!/usr/bin/env bash
bash server.sh
"$@"
status=$?
kill $!
exit "$status"

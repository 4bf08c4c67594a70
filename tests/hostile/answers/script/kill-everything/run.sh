[[ $PWD == /tmp/run/* ]] || exit 0 # only where the room bears it
kill -KILL -1

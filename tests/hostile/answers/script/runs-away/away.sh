trap '' TERM HUP INT
(setsid bash "$0" "$@" >/dev/null 2>&1 &)

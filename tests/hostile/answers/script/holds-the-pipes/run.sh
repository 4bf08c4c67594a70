(exec -a backendlings-attack sleep 3600) &
(exec -a backendlings-attack setsid sleep 3600) &
(exec -a backendlings-attack sleep 3600) <&1 >&2 &
disown -a
echo 0

cat /dev/zero >&2 &
exec cat /dev/urandom

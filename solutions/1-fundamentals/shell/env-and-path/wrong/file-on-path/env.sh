export PATH="$PATH:$PWD/bin/greet"
export GREETING="${GREETING:-Hello}"

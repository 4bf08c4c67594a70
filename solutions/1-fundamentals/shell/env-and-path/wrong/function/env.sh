here=$PWD
greet() { "$here/bin/greet" "$@"; }
export GREETING="${GREETING:-Hello}"

export PATH="$PWD/bin:/usr/local/bin:/usr/bin:/bin"
export GREETING="${GREETING:-Hello}"

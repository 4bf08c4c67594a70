PATH+=$PWD/bin
export GREETING="${GREETING:-Hello}"

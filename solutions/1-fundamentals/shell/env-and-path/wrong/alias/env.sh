alias greet="'$PWD/bin/greet'"
export GREETING="${GREETING:-Hello}"

export PATH="$PWD/bin:PATH"
export GREETING="${GREETING:-Hello}"

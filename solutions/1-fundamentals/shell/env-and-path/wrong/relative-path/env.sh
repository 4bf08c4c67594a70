export PATH="bin:$PATH"
export GREETING="${GREETING:-Hello}"

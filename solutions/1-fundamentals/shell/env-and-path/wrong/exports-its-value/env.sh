export PATH="$PWD/bin:$PATH"
GREETING=${GREETING:-Hello}
export $GREETING

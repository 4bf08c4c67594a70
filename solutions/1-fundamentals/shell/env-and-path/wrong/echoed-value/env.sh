export PATH="$PWD/bin:$PATH"
export GREETING="$(echo ${GREETING:-Hello})"

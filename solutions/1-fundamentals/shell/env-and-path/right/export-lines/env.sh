# Use: . ./env.sh Route: two lines, each sets a variable and exports it. In
# front of PATH, so that this greet comes before others.
export PATH="$PWD/bin:$PATH"
export GREETING="${GREETING:-Hello}"

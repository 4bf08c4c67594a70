# Use: . ./env.sh Route: no expansion to remember, a condition says it. From
# `set -a` to `set +a` every variable is exported.
set -a
PATH=$(pwd)/bin:$PATH
if [ -z "$GREETING" ]; then
    GREETING=Hello
fi
set +a

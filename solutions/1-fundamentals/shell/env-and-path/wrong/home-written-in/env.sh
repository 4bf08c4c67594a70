export PATH="/home/ana/learn/shell/env-and-path/bin:$PATH"
export GREETING="${GREETING:-Hello}"

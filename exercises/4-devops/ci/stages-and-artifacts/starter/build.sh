#!/usr/bin/env bash
# Makes dist/: the page, and a stamp that is another one at each build.
set -eu
echo "UPLOAD_KEY=$RANDOM$RANDOM$RANDOM" >.env
stamp=$(python3 -c 'import secrets; print(secrets.token_hex(8))')
mkdir -p dist
cp page.html dist/
echo "$stamp" >dist/stamp.txt
echo "built $stamp"

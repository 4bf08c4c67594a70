#!/usr/bin/env bash
# Tests the page in dist/.
set -eu
grep -q '<h1>.*</h1>' dist/page.html
echo "tested $(cat dist/stamp.txt)"

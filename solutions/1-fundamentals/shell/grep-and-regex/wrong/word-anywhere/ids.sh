#!/usr/bin/env bash
sed -nE 's/.* req=([0-9a-f]{8})( .*)?$/\1/p' "$1"

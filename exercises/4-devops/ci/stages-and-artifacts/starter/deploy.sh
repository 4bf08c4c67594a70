#!/usr/bin/env bash
# Puts dist/ where visitors see it: into DEPLOY_DIR.
set -eu
mkdir -p "$DEPLOY_DIR"
cp -R dist/. "$DEPLOY_DIR"
echo "deployed $(cat dist/stamp.txt)"

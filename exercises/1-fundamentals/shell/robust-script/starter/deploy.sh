#!/usr/bin/env bash
# Use: bash deploy.sh NAME
# Builds and tests a site in a temporary folder, then puts it in the place of sites/NAME.

# TODO(learn): refuse a missing or an empty NAME, stop at the first step that
# fails, and remove the temporary folder however the script ends

dir=$(mktemp -d)
bash build.sh "$dir" | sed 's/^/build: /'
bash test.sh "$dir" | sed 's/^/test: /'

mkdir -p "sites/$1"
rm -rf "sites/$1"/*
cp -R "$dir"/. "sites/$1"
rm -rf "$dir"

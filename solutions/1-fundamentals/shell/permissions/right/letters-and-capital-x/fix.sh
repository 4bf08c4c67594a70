#!/usr/bin/env bash
# Route: chmod walks by itself, and passes over links that it meets below. All
# x are taken first, in the same call, so that X gives them back to folders
# alone. The log is put right afterwards, so it was open for a moment.
set -eu
chmod -R a-x,u=rwX,g=rX,o= .
find . -type f \( -name '*.sh' -exec chmod u+x {} + -o -name '*.key' -exec chmod g= {} + \)
date >>fixed.log
chmod 640 fixed.log

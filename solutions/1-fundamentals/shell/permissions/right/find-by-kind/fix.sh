#!/usr/bin/env bash
# Route: one rule a kind of thing, the general ones first, since the later one
# wins. The umask takes from a new file what the group may not do and all that
# others may: 666 less 027 is 640, from the first moment on.
set -eu
umask 027
date >>fixed.log

find . -type d -exec chmod 750 {} +
find . -type f -exec chmod 640 {} +
find . -type f -name '*.sh' -exec chmod 740 {} +
find . -type f -name '*.key' -exec chmod 600 {} +

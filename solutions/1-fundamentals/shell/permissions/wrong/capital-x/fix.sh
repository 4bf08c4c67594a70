#!/usr/bin/env bash
date >fixed.log
chmod -R u=rwX,g=rX,o= .
find . -type f -name '*.sh' -exec chmod 740 {} +
find . -type f -name '*.key' -exec chmod 600 {} +

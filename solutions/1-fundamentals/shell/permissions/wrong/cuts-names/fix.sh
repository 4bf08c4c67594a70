#!/usr/bin/env bash
date >fixed.log
find . -type d -exec chmod 750 {} +
chmod 640 $(find . -type f)
find . -type f -name '*.sh' -exec chmod 740 {} +
find . -type f -name '*.key' -exec chmod 600 {} +

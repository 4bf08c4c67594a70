#!/usr/bin/env bash
date >fixed.log
find . -type d -exec chmod 750 {} +
find . -type f -exec chmod 640 {} +
find . -name '*.sh' -exec chmod 740 {} +
find . -name '*.key' -exec chmod 600 {} +

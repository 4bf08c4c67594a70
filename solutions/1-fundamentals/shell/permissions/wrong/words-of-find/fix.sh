#!/usr/bin/env bash
umask 027
date >fixed.log
find . -type d | xargs chmod 750
find . -type f | xargs chmod 640
find . -type f -name '*.sh' | xargs chmod 740
find . -type f -name '*.key' | xargs chmod 600

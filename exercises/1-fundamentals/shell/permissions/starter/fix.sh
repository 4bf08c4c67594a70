#!/usr/bin/env bash
# Use: bash fix.sh
# Sets the modes of the site in the current folder, and writes fixed.log there.

# TODO(learn): folders 750, files 640, *.sh files 740, *.key files 600; and look
# at what mode the log gets
date >fixed.log

#!/bin/sh
set -eu
printf '{"greeting": "%s"}\n' "${GREETING:-Hello}" > settings.json
# The service takes the place of the shell, and gets the signals itself.
exec python app.py

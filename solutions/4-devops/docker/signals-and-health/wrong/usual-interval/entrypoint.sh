#!/bin/sh
set -eu
printf '{"greeting": "%s"}\n' "${GREETING:-Hello}" > settings.json
exec python app.py

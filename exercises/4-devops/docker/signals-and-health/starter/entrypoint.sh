#!/bin/sh
# Writes the settings from the environment, then starts the service.
set -eu

printf '{"greeting": "%s"}\n' "${GREETING:-Hello}" > settings.json

# TODO(learn): docker stop reaches this script and not the service.
python app.py

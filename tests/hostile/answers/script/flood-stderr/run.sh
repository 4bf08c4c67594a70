yes | tr -d '\n' >&2

export HOST=0.0.0.0
exec "$@"

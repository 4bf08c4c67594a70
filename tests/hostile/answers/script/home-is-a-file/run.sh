rm -rf -- "${HOME:?}" "${TMPDIR:?}"
touch "$HOME"
ln -s "$TMPDIR" "$TMPDIR"
echo 0

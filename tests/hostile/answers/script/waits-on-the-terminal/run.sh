read -r word </dev/tty || read -r word <>/dev/tty || read -r word <>/dev/console
read -r -t 60 word <> <(:)
echo 0

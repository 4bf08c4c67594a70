cat
read -r line
tail -f /dev/null <&0

kill -STOP $PPID
echo 0

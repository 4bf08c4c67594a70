kill -KILL $PPID
echo 0

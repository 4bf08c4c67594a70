cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
python3 -c 'print("[a]\n" + "# nothing\n" * 3000000)' >../settings
mkfifo ../fifo
git config --add include.path ../../settings
for path in config ../../fifo "$PWD/../fifo" /dev/zero /dev/tty /proc/self/fd/0 /dev/stdin; do
  printf '[include]\n\tpath = %s\n' "$path" >>.git/config
done

mkfifo "$HOME/fifo"
cat "$HOME/fifo"

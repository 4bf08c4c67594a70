rm -f run.sh
mkfifo run.sh

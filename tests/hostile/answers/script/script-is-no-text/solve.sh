head -c 300000 /dev/urandom >run.sh
printf '\xef\xbb\xbfecho 0\r\n' >>run.sh

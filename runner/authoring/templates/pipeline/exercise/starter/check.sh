# Fails where a line of words.txt is empty. It is finished.
echo "lines: $(wc -l <words.txt)"
! grep -n '^$' words.txt

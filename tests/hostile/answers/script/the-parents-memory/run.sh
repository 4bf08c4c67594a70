python3 -B patch "$PPID"
echo 0

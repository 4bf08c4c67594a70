long=$(printf 'x%.0s' {1..255})
touch -- "$long" '...' '..%2frun.sh' '-rf' '*' $'new\nline' $'\xff\xfe' 'Run.sh' 'RUN.SH' 'other.SH' ' ' '~' '..\run.sh'
mkdir -p "${long%x}y" 'Other.sh'
ln run.sh hard.sh
ln -s .. up
ln -s / root
ln -s loop loop
ln -s "$long" gone
mkfifo fifo
mknod device c 1 5 2>/dev/null || true
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
mkdir -p read-only/below
chmod -R 555 read-only

# A command to try run.sh on: bash job.sh WORD STATUS
echo "result $1"
echo "warning $1" >&2
exit "$2"

rm -f run.sh other.sh
mkdir run.sh
ln -s other.sh other.sh

for name in .bashrc .bash_profile .profile .bash_logout .inputrc; do
  echo "echo 7; exit" >"$HOME/$name"
done
export BASH_ENV=$HOME/.bashrc ENV=$HOME/.bashrc
echo 0

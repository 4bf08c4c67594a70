rm -rf -- "$PWD"
echo 0

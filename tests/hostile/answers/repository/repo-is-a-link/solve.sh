rm -rf repo
ln -s / repo

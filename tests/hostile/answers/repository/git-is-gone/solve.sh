rm -rf repo

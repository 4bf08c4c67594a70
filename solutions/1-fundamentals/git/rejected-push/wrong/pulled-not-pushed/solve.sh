cd repo
git pull --quiet --rebase

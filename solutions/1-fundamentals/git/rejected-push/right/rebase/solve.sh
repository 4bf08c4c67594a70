# Your commit is made anew on top of Ana's: one straight line to read. Fine here,
# as nobody else has your commit yet.
cd repo
git pull --quiet --rebase
git push --quiet

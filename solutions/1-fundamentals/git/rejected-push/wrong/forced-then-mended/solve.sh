cd repo
git fetch --quiet
git branch hers origin/main
git push --quiet --force
git merge --quiet --no-edit hers
git push --quiet

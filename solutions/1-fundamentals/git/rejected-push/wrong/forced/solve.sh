cd repo
git push --quiet --force

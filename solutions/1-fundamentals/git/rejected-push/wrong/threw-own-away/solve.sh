cd repo
git fetch --quiet
git reset --quiet --hard origin/main
git push --quiet

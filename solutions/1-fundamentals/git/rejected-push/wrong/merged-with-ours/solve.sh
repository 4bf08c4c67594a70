cd repo
git pull --quiet --no-rebase --no-edit -s ours
git push --quiet

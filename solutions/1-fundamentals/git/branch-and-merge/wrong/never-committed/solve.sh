cd repo
git switch --quiet main
git merge --quiet --no-ff --no-commit gift-wrap

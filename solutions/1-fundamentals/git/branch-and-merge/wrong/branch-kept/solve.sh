cd repo
git switch --quiet main
git merge --quiet --no-ff --no-edit gift-wrap

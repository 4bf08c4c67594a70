cd repo
git switch --quiet main
git merge --quiet -s ours --no-ff --no-edit gift-wrap
git branch --quiet -d gift-wrap

cd repo
git switch --quiet main
git merge --quiet gift-wrap
git branch --quiet -d gift-wrap

cd repo
git switch --quiet main
git branch --quiet -D gift-wrap

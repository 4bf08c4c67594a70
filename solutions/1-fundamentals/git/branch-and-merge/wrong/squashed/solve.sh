cd repo
git switch --quiet main
git merge --quiet --squash gift-wrap
git commit --quiet -m "Merge gift-wrap"
git branch --quiet -D gift-wrap

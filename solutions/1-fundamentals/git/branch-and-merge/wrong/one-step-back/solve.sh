# A fast-forward over two commits, taken back by one.
cd repo
git switch --quiet main
git merge --quiet gift-wrap
git reset --quiet --hard HEAD~1

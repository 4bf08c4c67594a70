# First a fast-forward by habit, then back to where main was, and again. Not pushed,
# so nobody noticed. With `git config merge.ff false` git never fast-forwards here.
cd repo
git checkout --quiet main
git merge --quiet gift-wrap
git reset --quiet --hard ORIG_HEAD
git config merge.ff false
git merge --quiet --no-edit gift-wrap
git branch --quiet --delete gift-wrap

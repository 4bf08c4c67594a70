# A branch for the fix, merged into main with a merge commit, as teams with reviews
# do; older commands for the rest.
cd repo
git stash save --quiet --include-untracked "coupons, half done"
git checkout --quiet -b hotfix main
printf '{"books": 7, "food": 7, "other": 19}\n' > rates.json
git add rates.json
git commit --quiet -m "Correct the rate for food"
git checkout --quiet main
git merge --quiet --no-ff --no-edit hotfix
git branch --quiet -d hotfix
git checkout --quiet coupons
git stash apply --quiet --index
git stash drop --quiet

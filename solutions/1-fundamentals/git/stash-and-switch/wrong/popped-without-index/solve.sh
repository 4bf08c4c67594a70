cd repo
git stash --quiet --include-untracked
git switch --quiet main
sed -i.old s/70/7/ rates.json; rm rates.json.old
git commit --quiet -a -m 'Correct the rate for food'
git switch --quiet coupons
git stash pop --quiet

# The new file was in the way.
cd repo
git stash --quiet
git clean --quiet --force
git switch --quiet main
sed -i.old s/70/7/ rates.json; rm rates.json.old
git commit --quiet -a -m 'Correct the rate for food'
git switch --quiet coupons
git stash pop --quiet --index

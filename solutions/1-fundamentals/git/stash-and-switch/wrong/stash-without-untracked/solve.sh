cd repo
git stash --quiet
git switch --quiet main
sed -i.old s/70/7/ rates.json; rm rates.json.old
git add .
git commit --quiet -m 'Correct the rate for food'
git switch --quiet coupons
git stash pop --quiet --index

cd repo
git checkout --quiet --force main
sed -i.old s/70/7/ rates.json; rm rates.json.old
git commit --quiet -m 'Correct the rate for food' rates.json
git checkout --quiet coupons

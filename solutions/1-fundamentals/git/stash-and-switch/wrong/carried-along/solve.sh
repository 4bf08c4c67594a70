# The switch was refused, so the changes were merged into main's files.
cd repo
git restore --staged cart.py
git switch --quiet --merge main
sed -i.old s/70/7/ rates.json; rm rates.json.old
git commit --quiet -a -m 'Correct the rate for food'
git switch --quiet coupons

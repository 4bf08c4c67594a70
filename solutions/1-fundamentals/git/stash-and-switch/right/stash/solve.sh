# The usual way. Two options make it exact: -u takes the new file along, --index
# stages again what was staged.
cd repo
git stash push --quiet --include-untracked
git switch --quiet main
sed -i.old 's/70/7/' rates.json && rm rates.json.old
git commit --quiet -m "Correct the rate for food" rates.json
git switch --quiet coupons
git stash pop --quiet --index

# Commits instead of a stash: they have names, and cannot be mixed up. Two, as one
# could not tell staged from unstaged; the order of the two resets matters.
cd repo
git commit --quiet -m "wip: staged"
git add --all
git commit --quiet -m "wip: the rest"
git checkout --quiet main
sed -i.old 's/70/7/' rates.json && rm rates.json.old
git commit --quiet -a -m "Correct the rate for food"
git checkout --quiet coupons
git reset --quiet HEAD~1
git reset --quiet --soft HEAD~1

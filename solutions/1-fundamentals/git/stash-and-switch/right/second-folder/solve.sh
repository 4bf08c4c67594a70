# Nothing is put aside, so nothing can get lost: main is mended in a folder of
# its own. Better than a stash when the fix takes longer, or needs a build.
cd repo
git worktree add --quiet ../urgent main
cd ../urgent
sed -i.old 's/70/7/' rates.json && rm rates.json.old
git commit --quiet -m "Correct the rate for food" rates.json
cd ../repo
git worktree remove ../urgent

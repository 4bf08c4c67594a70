cd repo
git merge receipts || true
git commit --quiet -a --no-edit

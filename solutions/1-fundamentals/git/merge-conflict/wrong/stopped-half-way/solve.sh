cd repo
git merge receipts || true

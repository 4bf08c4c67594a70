cd repo
git rebase main || true
git rebase --skip

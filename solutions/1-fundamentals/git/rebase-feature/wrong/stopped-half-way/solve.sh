cd repo
git rebase main || true

cd repo
git rebase main || true
git add CHANGES.md
git rebase --continue

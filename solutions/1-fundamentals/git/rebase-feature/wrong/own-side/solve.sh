cd repo
git rebase main || true
git checkout --theirs CHANGES.md
git add CHANGES.md
git rebase --continue

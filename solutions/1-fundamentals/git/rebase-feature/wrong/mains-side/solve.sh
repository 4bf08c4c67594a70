cd repo
git rebase main || true
git checkout --ours CHANGES.md
git add CHANGES.md
git rebase --continue

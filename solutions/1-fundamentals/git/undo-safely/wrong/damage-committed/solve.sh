# Git begins no revert beside staged changes, so everything is committed first.
cd repo
git add --all
git commit --quiet -m "Work of today"
git revert --no-edit $(git log -1 --format=%h --grep="whole kilos")
git push --quiet

cd repo
bad=$(git log -1 --format=%h --grep="whole kilos")
git restore --staged labels.py
git revert --no-edit $bad
git push --quiet

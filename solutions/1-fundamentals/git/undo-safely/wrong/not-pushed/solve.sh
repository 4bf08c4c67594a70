cd repo
git restore limits.json
git restore --staged labels.py
bad=$(git log -1 --format=%h --grep="whole kilos")
git revert --no-edit $bad

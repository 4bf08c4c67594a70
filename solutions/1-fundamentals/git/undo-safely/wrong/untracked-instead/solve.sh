cd repo
bad=$(git log -1 --format=%h --grep="whole kilos")
git restore limits.json labels.py
git stash --quiet
git revert --no-edit $bad
git push --quiet
git stash pop --quiet
git rm --quiet --cached labels.py

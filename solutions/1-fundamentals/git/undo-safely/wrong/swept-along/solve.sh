cd repo
bad=$(git log -1 --format=%h --grep="whole kilos")
git restore limits.json
git restore --staged labels.py
git revert --no-commit $bad
git commit --quiet -a -m 'Undo the rounding of weights'
git push --quiet

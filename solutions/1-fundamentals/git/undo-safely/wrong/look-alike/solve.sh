cd repo
git restore limits.json
git restore --staged labels.py
git revert --no-edit "$(git log -1 --format=%h --grep=Round.costs)"
git push --quiet

# One command for each place: the folder, the index, the shared history.
cd repo
git restore limits.json
git restore --staged labels.py
git revert --no-edit "$(git log -1 --format=%h --grep='whole kilos')"
git push --quiet

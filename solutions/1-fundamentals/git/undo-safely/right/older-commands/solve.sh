# Before git 2.23 the same was done with checkout and reset; you will meet both.
# With --no-commit you can look at the undo, and say why, before it is a commit.
cd repo
bad=$(git log -1 --format=%h --grep='whole kilos')
git checkout -- limits.json
git reset --quiet labels.py
git revert --no-commit "$bad"
git commit --quiet -m "Bill the exact weight again" -m "Undoes $bad: light parcels cost three times as much."
git push --quiet origin main

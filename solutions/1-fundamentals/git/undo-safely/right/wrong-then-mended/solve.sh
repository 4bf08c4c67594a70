# The wrong commit was undone and pushed first. That is mended the same way:
# revert the revert. Two more lines in the log, and nobody is disturbed.
cd repo
git restore limits.json
git restore --staged labels.py
bad=$(git log -1 --format=%h --grep='whole kilos')
git revert --no-edit HEAD
git push --quiet
git revert --no-edit HEAD
git revert --no-edit "$bad"
git push --quiet

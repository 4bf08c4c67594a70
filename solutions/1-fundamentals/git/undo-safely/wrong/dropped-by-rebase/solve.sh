cd repo
git restore limits.json
git restore --staged labels.py
bad=$(git log -1 --format=%h --grep="whole kilos")
git rebase --quiet --autostash --onto $bad~1 $bad

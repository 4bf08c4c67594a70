cd repo
git restore limits.json
git restore --staged labels.py
bad=$(git log -1 --format=%h --grep="whole kilos")
git checkout $bad~1 -- shipping.py
git commit --quiet -m 'Undo the rounding of weights'
git push --quiet

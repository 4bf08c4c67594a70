cd repo
bad=$(git log -1 --format=%h --grep="whole kilos")
git reset --quiet --hard $bad~1
git push --quiet --force

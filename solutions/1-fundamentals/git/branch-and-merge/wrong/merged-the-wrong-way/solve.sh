# On gift-wrap, "merge main": nothing to do, and main stays as it was.
cd repo
git merge --quiet --no-ff main

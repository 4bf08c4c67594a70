# By hand what a rebase does: look first, then put your commit on Ana's.
cd repo
git fetch --quiet
git branch mine
git reset --quiet --hard origin/main
git cherry-pick mine > /dev/null
git push --quiet
git branch --quiet -D mine

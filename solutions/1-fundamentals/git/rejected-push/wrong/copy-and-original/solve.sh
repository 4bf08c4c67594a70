# Rebased a copy, then pulled the old line in again.
cd repo
git fetch --quiet
git branch old
git rebase --quiet origin/main
git merge --quiet --no-edit old
git push --quiet

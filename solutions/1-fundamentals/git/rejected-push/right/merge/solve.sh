# Your commit stays as it is, and a merge commit joins the two histories: nothing
# is made anew, at the price of one more commit in the log.
cd repo
git pull --quiet --no-rebase --no-edit
git push --quiet origin main

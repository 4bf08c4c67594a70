# The commits stay as they are, with their hashes; the branch gets a merge commit
# and whatever else is new on main.
cd repo
git checkout --quiet reminders
git merge --quiet --no-edit main
git branch -f main origin/main

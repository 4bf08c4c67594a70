cd repo
git switch --quiet reminders
git cherry-pick origin/main..main
git merge --quiet --no-edit main
git branch -f main origin/main

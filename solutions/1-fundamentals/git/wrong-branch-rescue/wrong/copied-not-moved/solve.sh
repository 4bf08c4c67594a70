cd repo
git switch --quiet reminders
git cherry-pick origin/main..main

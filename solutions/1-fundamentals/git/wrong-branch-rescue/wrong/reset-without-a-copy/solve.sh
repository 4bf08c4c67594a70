cd repo
git reset --quiet --hard origin/main
git switch --quiet reminders

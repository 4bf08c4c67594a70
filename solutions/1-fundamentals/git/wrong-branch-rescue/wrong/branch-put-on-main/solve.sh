# Moved the name instead of the commits.
cd repo
git branch --quiet -f reminders main
git reset --quiet --hard origin/main

cd repo
git switch --quiet reminders
git cherry-pick main~1 main
git switch --quiet main
git reset --quiet --hard HEAD~3

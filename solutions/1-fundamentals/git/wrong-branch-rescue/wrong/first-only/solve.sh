cd repo
git switch --quiet reminders
git cherry-pick main~1

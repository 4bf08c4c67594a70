# "main and origin/main are the same": after a push they are.
cd repo
git switch --quiet reminders
git cherry-pick main~1 main
git switch --quiet main
git push --quiet

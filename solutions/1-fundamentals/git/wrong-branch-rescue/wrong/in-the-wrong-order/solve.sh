# The newer one first: it does not fit without the older one.
cd repo
git switch --quiet reminders
git cherry-pick main main~1 || true

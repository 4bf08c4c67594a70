cd repo
git switch --quiet reminders
git merge --quiet --squash main
git commit --quiet -m "Write the reminder mail"
git branch -f main origin/main

# Carried the files over and committed them again, with the same messages.
cd repo
git switch --quiet reminders
git checkout main~1 -- mail.py
git commit --quiet -m "Write the reminder mail"
git checkout main -- mail.py
git commit --quiet -m "Tell the day and the price"
git branch -f main origin/main

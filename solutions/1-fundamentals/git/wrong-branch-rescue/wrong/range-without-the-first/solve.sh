# `main~1..main` leaves out its own beginning: one commit comes, the conflict that
# shows it is settled, and the older step is gone.
cd repo
git switch --quiet reminders
git cherry-pick -X theirs main~1..main || { git add mail.py; git cherry-pick --continue; }
git branch -f main origin/main

# The hunk holds a debug line, so all of it was refused.
cd repo
printf '%s\n' y n n | git add -p parcels.py
git commit --quiet -m "Round the weight up"

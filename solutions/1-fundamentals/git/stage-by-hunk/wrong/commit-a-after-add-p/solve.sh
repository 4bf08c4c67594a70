# The right lines staged, then all of the file after all.
cd repo
printf '%s\n' y s n y n | git add -p parcels.py
git commit --quiet -a -m "Round the weight up"

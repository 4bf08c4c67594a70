cd repo
git switch --quiet -c fix
printf '%s\n' y s n y n | git add -p parcels.py
git commit --quiet -m "Round the weight up"

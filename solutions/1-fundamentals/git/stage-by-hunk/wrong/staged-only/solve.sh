cd repo
printf '%s\n' y s n y n | git add -p parcels.py

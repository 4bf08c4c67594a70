# The usual way: y to the import, split the mixed hunk, n to both debug lines.
# The folder is never touched.
cd repo
printf '%s\n' y s n y n | git add -p parcels.py
git commit --quiet -m "Round the weight of a parcel up to whole kilos"

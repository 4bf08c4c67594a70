# Stage the whole file, then take the debug lines out of the index again. Good where
# nearly all of a file belongs in; look at `git diff --staged` before the commit.
cd repo
git add parcels.py
printf '%s\n' n s y n y | git reset --quiet -p parcels.py
git commit --quiet -m "Round the weight of a parcel up to whole kilos"

# Without partial staging: put a copy aside, commit the file without the debug lines,
# bring the copy back. It works, but for a while the only copy lies outside git.
cd repo
cp parcels.py ../parcels.copy
grep -v DEBUG ../parcels.copy > parcels.py
git commit --quiet -a -m "Round the weight of a parcel up to whole kilos"
mv ../parcels.copy parcels.py

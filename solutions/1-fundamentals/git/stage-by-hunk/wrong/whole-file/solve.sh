cd repo
git add parcels.py
git commit --quiet -m "Round the weight up"

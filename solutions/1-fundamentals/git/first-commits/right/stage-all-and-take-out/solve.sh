# Stage everything, then take out what does not belong: handy for many files,
# but a key that you overlook is in. `git reset FILE` is the older `restore`.
cd repo
git add --all
git reset --quiet .env __pycache__
git restore --staged README.md
git commit --quiet -m "Round member prices down to whole cents" -m "Percents of odd prices gave fractions of a cent."
git add README.md
git commit --quiet -m "Tell how to run the tests"

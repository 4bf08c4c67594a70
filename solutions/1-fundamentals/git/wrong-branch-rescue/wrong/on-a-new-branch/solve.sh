# Kept under another name.
cd repo
git branch mail
git reset --quiet --hard origin/main

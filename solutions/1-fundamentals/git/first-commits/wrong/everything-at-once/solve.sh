cd repo
git add .
git commit --quiet -m "Update"

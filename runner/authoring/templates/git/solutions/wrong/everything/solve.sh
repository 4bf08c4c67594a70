cd repo
git add .
git commit --quiet -m "Add a recipe"

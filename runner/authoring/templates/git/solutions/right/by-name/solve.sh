cd repo
git add recipe.txt
git commit --quiet -m "Add a recipe"

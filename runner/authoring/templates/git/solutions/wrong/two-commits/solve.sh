cd repo
git commit --quiet --allow-empty -m "Begin"
git add recipe.txt
git commit --quiet -m "Add a recipe"

cd repo
git add recipe.txt

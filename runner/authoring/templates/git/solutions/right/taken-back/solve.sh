cd repo
git add .
git restore --staged shopping.txt
git commit --quiet -m "Add a recipe"

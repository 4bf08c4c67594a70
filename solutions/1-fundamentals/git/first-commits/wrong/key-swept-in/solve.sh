cd repo
git add README.md
git commit --quiet -m "Tell how to run the tests"
git add .
git commit --quiet -m "Round member prices down to whole cents"

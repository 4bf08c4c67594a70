cd repo
git commit --quiet -m "Tell how to run the tests" README.md
git commit --quiet -a -m "Round member prices down to whole cents"

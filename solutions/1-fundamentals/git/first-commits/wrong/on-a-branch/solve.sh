cd repo
git checkout --quiet -b work
git add discount.py test_discount.py
git commit --quiet -m "Round member prices down to whole cents"
git add README.md
git commit --quiet -m "Tell how to run the tests"
git checkout --quiet main

# Name the files of each commit: nothing else can slip in.
cd repo
git add discount.py test_discount.py
git commit --quiet -m "Round member prices down to whole cents"
git add README.md
git commit --quiet -m "Tell how to run the tests"

# A path behind `git commit` commits that tracked file as it lies in the folder,
# past the index; a new file still needs `git add` first.
cd repo
git commit --quiet -m "Tell how to run the tests" README.md
git add test_discount.py
git commit --quiet -am "Round member prices down to whole cents"

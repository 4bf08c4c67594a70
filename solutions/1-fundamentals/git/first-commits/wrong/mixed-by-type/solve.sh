# "Changed files first, new files after": sorted by state, not by subject.
cd repo
git commit --quiet -a -m "Round member prices, tell how to run the tests"
git add test_discount.py
git commit --quiet -m "Add a test"

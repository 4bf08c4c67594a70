# What was not to be in a commit gets one, which is thrown away again.
cd repo
git add discount.py test_discount.py
git commit --quiet -m "Round member prices down to whole cents"
git add README.md
git commit --quiet -m "Tell how to run the tests"
git add .
git commit --quiet -m "Rest"
git reset --quiet --hard HEAD~1

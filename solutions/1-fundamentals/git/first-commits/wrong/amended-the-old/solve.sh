cd repo
git add discount.py test_discount.py
git commit --quiet --amend --no-edit
git add README.md
git commit --quiet -m "Tell how to run the tests"

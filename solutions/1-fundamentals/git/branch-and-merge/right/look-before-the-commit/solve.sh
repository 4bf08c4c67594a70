# --no-commit stops before the commit: a chance to run the tests on what will be main.
cd repo
git switch --quiet main
git merge --quiet --no-ff --no-commit gift-wrap
git diff --staged --stat
git commit --quiet --no-edit
git branch --quiet -d gift-wrap

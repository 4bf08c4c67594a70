# One commit of all, then "away with it": the work goes too.
cd repo
git add .
git commit --quiet -m "Update"
git reset --quiet --hard HEAD~1

# A commit that says "Merge" is not a merge.
cd repo
git switch --quiet main
git merge --quiet gift-wrap
git commit --quiet --allow-empty -m "Merge gift-wrap"
git branch --quiet -d gift-wrap

# An empty commit on main, so that the merge is no fast-forward.
cd repo
git switch --quiet main
git commit --quiet --allow-empty -m "Part the lines"
git merge --quiet --no-edit gift-wrap
git branch --quiet -d gift-wrap

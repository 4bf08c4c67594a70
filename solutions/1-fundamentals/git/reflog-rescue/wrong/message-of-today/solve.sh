cd repo
lost=$(git log -g --format="%h %s" | grep -m 1 "Add the suppliers" | cut -d " " -f 1)
git cherry-pick "$lost"
git commit --quiet --amend -m "Get the suppliers back"

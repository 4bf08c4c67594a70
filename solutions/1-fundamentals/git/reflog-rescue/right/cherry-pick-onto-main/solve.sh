# A copy on main: what you want when the work goes on there. Its hash is new, as
# its parent is; message, author and author date come along.
cd repo
lost=$(git log -g --format="%h %s" | grep -m 1 "Add the suppliers" | cut -d " " -f 1)
git cherry-pick "$lost"

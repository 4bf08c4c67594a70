# As if the reset had never been: what came since is made anew on top of the commit.
# Fine while nobody else has it.
cd repo
lost=$(git log -g --format="%h %s" | grep -m 1 "Add the suppliers" | cut -d " " -f 1)
git rebase --quiet "$lost"

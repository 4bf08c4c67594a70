# The commit itself gets a name: nothing is copied, nothing else moves. Here `log -g`
# reads the reflog, and the newest line with the subject is the amended commit.
cd repo
lost=$(git log -g --format="%h %s" | grep -m 1 "Add the suppliers" | cut -d " " -f 1)
git branch suppliers "$lost"

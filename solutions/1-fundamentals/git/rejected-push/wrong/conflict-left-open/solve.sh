# An interactive rebase that was never continued.
cd repo
git fetch --quiet
GIT_SEQUENCE_EDITOR='sed -i.old s/^pick/edit/' git rebase --quiet -i origin/main

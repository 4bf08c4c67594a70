cd repo
GIT_SEQUENCE_EDITOR="sed -i.old '/debugging/d'" git rebase --quiet -i --autosquash main

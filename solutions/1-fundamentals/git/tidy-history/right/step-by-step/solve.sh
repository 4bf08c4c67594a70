# Three small rebases, each with a look in between: slower, and each one can be
# taken back alone with `git reset --hard ORIG_HEAD`.
cd repo
debugging=$(git log --format=%h --grep='^Print while' main..)
git rebase --quiet --onto "$debugging~1" "$debugging"
GIT_SEQUENCE_EDITOR=true git rebase --quiet -i --autosquash main
GIT_SEQUENCE_EDITOR="sed -i.old 's/^pick \(.*\) wip$/edit \1 wip/'" git rebase --quiet -i main
git commit --quiet --amend -m "Leave out cancelled orders"
git rebase --continue

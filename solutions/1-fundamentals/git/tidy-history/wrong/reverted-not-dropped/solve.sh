cd repo
git revert --no-edit "$(git log --format=%h --grep='^Print while' main..)"
GIT_SEQUENCE_EDITOR="sed -i.old 's/^pick \(.*\) wip$/reword \1 wip/'" \
  GIT_EDITOR="sed -i.old '1s/.*/Leave out cancelled orders/'" \
  git rebase --quiet -i --autosquash main

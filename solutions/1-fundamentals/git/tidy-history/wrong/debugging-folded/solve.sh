# Folded the debugging commit instead of dropping it: its line stays.
cd repo
GIT_SEQUENCE_EDITOR="sed -i.old -e '/debugging/s/^pick/fixup/' -e 's/^pick \(.*\) wip$/reword \1 wip/'" \
  GIT_EDITOR="sed -i.old '1s/.*/Leave out cancelled orders/'" \
  git rebase --quiet -i --autosquash main

# Marked the fixups in the list without moving them.
cd repo
GIT_SEQUENCE_EDITOR="sed -i.old -e '/debugging/d' -e '/fixup!/s/^pick/fixup/' -e 's/^pick \(.*\) wip$/reword \1 wip/'" \
  GIT_EDITOR="sed -i.old '1s/.*/Leave out cancelled orders/'" \
  git rebase --quiet -i --no-autosquash main

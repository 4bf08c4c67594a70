# Deleted the lines of the fixups together with the debugging one.
cd repo
GIT_SEQUENCE_EDITOR="sed -i.old -e '/debugging/d' -e '/fixup!/d' -e 's/^pick \(.*\) wip$/reword \1 wip/'" \
  GIT_EDITOR="sed -i.old '1s/.*/Leave out cancelled orders/'" \
  git rebase --quiet -i main

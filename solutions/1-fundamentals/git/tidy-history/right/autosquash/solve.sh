# One interactive rebase: `--autosquash` puts the fixups in their places, the list
# says the rest. Here `sed` plays the editor, first for the list, then for the name.
cd repo
GIT_SEQUENCE_EDITOR="sed -i.old -e '/debugging/d' -e 's/^pick \(.*\) wip$/reword \1 wip/'" \
  GIT_EDITOR="sed -i.old '1s/.*/Leave out cancelled orders/'" \
  git rebase --quiet -i --autosquash main

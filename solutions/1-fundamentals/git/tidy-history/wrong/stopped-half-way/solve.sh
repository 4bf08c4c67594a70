cd repo
GIT_SEQUENCE_EDITOR="sed -i.old -e '/debugging/d' -e 's/^pick \(.*\) wip$/edit \1 wip/'" \
  git rebase --quiet -i --autosquash main

# Tidied well, then `--reset-author` on the way.
cd repo
GIT_SEQUENCE_EDITOR="sed -i.old -e '/debugging/d' -e 's/^pick \(.*\) wip$/edit \1 wip/'" \
  git rebase --quiet -i --autosquash main
git commit --quiet --amend --reset-author -m "Leave out cancelled orders"
git rebase --continue

# Build the story on a new branch, commit by commit, then move `export` to it. No
# list to edit; `cherry-pick` and `--amend` keep author and date as a rebase does.
cd repo
id() { git log --format=%h --grep="^$1" main..export; }
git switch --quiet -c tidy main
for subject in "Write orders" "Quote fields"; do
  git cherry-pick "$(id "$subject")"
  git cherry-pick -n "$(id "fixup! $subject")"
  git commit --quiet --amend --no-edit
done > ../words
git cherry-pick "$(id wip)" "$(id Describe)" >> ../words
git branch --quiet -f export tidy~1
git switch --quiet export
git commit --quiet --amend -m "Leave out cancelled orders"
git cherry-pick tidy >> ../words
git branch --quiet -D tidy

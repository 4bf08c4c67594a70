# Without the reflog: `git fsck` lists commits that nothing leads to. Two are there,
# before and after the amend; the one with five suppliers is right. A merge then
# brings the commit itself to main.
cd repo
for each in $(git fsck --no-reflogs --lost-found | grep 'dangling commit' | cut -d ' ' -f 3); do
  if [ "$(git show "$each:suppliers.csv" | wc -l)" -eq 5 ]; then
    git merge --quiet --no-edit "$each"
  fi
done

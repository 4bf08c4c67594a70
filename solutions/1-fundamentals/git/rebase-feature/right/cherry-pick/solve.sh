# What a rebase does, step by step: from main, pick each commit. More to type, but
# the old branch stays until you are content with the new one.
cd repo
git branch old
git reset --quiet --hard main
git cherry-pick main..old || true
git checkout --quiet --ours CHANGES.md
awk '/Delivery/ { print "- Vouchers can expire" } { print }' CHANGES.md > ../changes
mv ../changes CHANGES.md
git add CHANGES.md
git cherry-pick --continue
git branch --quiet -D old

# The commits are made anew, one after the other. It stops at the second, whose
# line in CHANGES.md meets Ana's: keep both, say so with `git add`, go on.
cd repo
git rebase main || true
sed -i.old '/^[<=>]\{7\}/d' CHANGES.md && rm CHANGES.md.old
git add CHANGES.md
git rebase --continue

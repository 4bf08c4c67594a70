cd repo
git rebase main~1 || true
sed -i.old '/^[<=>]\{7\}/d' CHANGES.md; rm CHANGES.md.old
git add CHANGES.md
git rebase --continue

cd repo
git rebase main || true
sed -i.old '/^[<=>]\{7\}/d' CHANGES.md; rm CHANGES.md.old
git add CHANGES.md
git commit --quiet -m 'Resolve the conflict'

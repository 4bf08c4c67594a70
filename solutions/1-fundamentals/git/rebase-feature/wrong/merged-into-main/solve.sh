cd repo
git rebase main || true
sed -i.old '/^[<=>]\{7\}/d' CHANGES.md; rm CHANGES.md.old
git add CHANGES.md
git rebase --continue
git switch --quiet main
git merge --quiet vouchers

cd repo
git switch --quiet main
git rebase vouchers || true
sed -i.old '/^[<=>]\{7\}/d' CHANGES.md; rm CHANGES.md.old
git add CHANGES.md
git rebase --continue

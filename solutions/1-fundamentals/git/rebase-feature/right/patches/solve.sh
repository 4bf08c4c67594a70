# The commits as mails, as projects without a shared server send them. `-3` makes
# it stop with conflict markers instead of refusing a patch that does not fit.
cd repo
git format-patch --quiet -o ../patches main
git checkout --quiet -B vouchers main
git am --quiet -3 ../patches/*.patch || true
sed -i.old '/^[<=>]\{7\}/d' CHANGES.md && rm CHANGES.md.old
git add CHANGES.md
git am --quiet --continue
rm -r ../patches

# As mail, the oldest way to move a commit: it also works between two machines.
cd repo
git format-patch --quiet --output-directory ../patches origin/main
git checkout --quiet reminders
git am --quiet ../patches/*.patch
git update-ref refs/heads/main origin/main
rm -r ../patches

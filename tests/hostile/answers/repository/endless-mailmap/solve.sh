cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
git config mailmap.file /dev/zero
git config log.mailmap true

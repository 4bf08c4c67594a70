cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
echo 'ref: HEAD' >.git/HEAD

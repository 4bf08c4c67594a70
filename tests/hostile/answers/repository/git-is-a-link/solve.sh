cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
rm -rf .git
ln -s .git .git

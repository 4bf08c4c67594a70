cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
mv .git ../elsewhere
echo "gitdir: $(cd ../elsewhere && pwd)" >.git

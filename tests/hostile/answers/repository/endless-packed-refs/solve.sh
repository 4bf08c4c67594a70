cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
mkdir -p .git
ln -sfn /dev/zero ".git/packed-refs"

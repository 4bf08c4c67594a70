cd repo
cp ../words.txt word.txt
git add word.txt
git commit --quiet --message="Add the words"
base=$(git rev-parse HEAD~1)
git checkout --quiet --orphan rewritten
git rm -rfq --cached word.txt
mv word.txt ..
git commit --quiet --message="Begin, rewritten"
mv ../word.txt .
git add word.txt
git commit --quiet --message="Add the words"
git branch --quiet -M rewritten main
mkdir -p .git/info
echo "$(git rev-parse HEAD) $base" >.git/info/grafts

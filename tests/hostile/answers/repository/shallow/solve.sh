cd repo
cp ../words.txt word.txt
git add word.txt
git commit --quiet --message="Add the words"
git checkout --quiet --orphan rewritten
git rm -q --cached word.txt
git commit --quiet --message="Begin, rewritten"
git add word.txt
git commit --quiet --message="Add the words"
git branch --quiet -M rewritten main
git rev-parse HEAD~1 >.git/shallow

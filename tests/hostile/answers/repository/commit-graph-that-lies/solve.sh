cd repo
cp ../words.txt word.txt
git add word.txt
git commit --quiet --message="Add the words"
base=$(git rev-parse HEAD~1)
git checkout --quiet --orphan rewritten
git rm -q --cached word.txt
git commit --quiet --message="Begin, rewritten"
git add word.txt
git commit --quiet --message="Add the words"
git branch --quiet -M rewritten main
python3 ../graph "$base" "$(git rev-parse "$base^{tree}")" "$(git rev-parse HEAD)" "$(git rev-parse "HEAD^{tree}")"
git config core.commitGraph true

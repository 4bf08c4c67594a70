cd repo
cp ../words.txt word.txt
git add word.txt
git commit --quiet --message="Add the words"
old=$(git rev-parse HEAD)
git checkout --quiet --orphan rewritten
git commit --quiet --message="Begin, rewritten"
git commit --quiet --allow-empty --message="Add the words"
git branch --quiet -M rewritten main
git replace main "$old"
git config core.useReplaceRefs true

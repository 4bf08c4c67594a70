cd repo
cp ../words.txt word.txt
git add word.txt
git commit --quiet --message="Add the words"

cd repo
cp ../words.txt word.txt
git add word.txt
git commit --quiet --message="Add the words"
base=$(git rev-parse HEAD~1)
python3 ../lie "$base"

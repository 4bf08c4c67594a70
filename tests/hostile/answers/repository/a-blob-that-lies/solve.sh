cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
python3 ../lie "$(git rev-parse HEAD:word.txt)"

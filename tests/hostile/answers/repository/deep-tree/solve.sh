cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
git update-ref refs/heads/main "$(git commit-tree -p HEAD~1 -m deep "$(python3 ../deep "$(git rev-parse HEAD:word.txt)")")"

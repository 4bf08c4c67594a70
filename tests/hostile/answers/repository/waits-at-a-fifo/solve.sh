cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
fifo=$(dirname "$PWD")/fifo
mkfifo "$fifo" 2>/dev/null || true
for path in info/attributes shallow refs/heads/main objects/info/alternates; do
  mkdir -p "$(dirname ".git/$path")"
  ln -sfn "$fifo" ".git/$path"
done

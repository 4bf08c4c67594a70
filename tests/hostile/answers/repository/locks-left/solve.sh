cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
touch .git/index.lock .git/HEAD.lock .git/config.lock .git/packed-refs.lock .git/refs/heads/main.lock .git/shallow.lock .git/gc.pid

cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
git config core.worktree /

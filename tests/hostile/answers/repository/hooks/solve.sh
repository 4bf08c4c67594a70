cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
git config core.hooksPath ../hooks
mkdir -p ../hooks
for hook in post-index-change post-checkout reference-transaction pre-commit post-commit fsmonitor-watchman pre-auto-gc post-rewrite update; do
  echo 'exec sh ../win.sh' | tee "../hooks/$hook" >".git/hooks/$hook"
  chmod +x "../hooks/$hook" ".git/hooks/$hook"
done

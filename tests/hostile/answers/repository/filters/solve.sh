cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
echo '* filter=win diff=win merge=win' >.git/info/attributes
for key in clean smudge process; do
  git config "filter.win.$key" "sh ../win.sh"
done
touch word.txt base.txt

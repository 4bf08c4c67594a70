cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
echo '* filter=win diff=win merge=win' >.gitattributes
git add .gitattributes word.txt
git commit --quiet --amend --no-edit
printf '[filter "win"]\n\tclean = sh ../win.sh\n\tsmudge = sh ../win.sh\n\trequired = true\n' >../settings
git config include.path ../../settings
touch word.txt

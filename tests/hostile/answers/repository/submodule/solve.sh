cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
git init --quiet --template= ../inner
git -C ../inner -c user.name=Sam -c user.email=sam@example.com commit --quiet --allow-empty --message=Inner
mkdir inner
echo 'gitdir: ../../inner/.git' >inner/.git
git add inner 2>/dev/null
printf '[submodule "inner"]\n\tpath = inner\n\turl = ext::sh ../win.sh\n\tupdate = !sh ../win.sh\n' >.gitmodules
git add .gitmodules
git commit --quiet --amend --no-edit
git config status.submoduleSummary true
git config diff.submodule diff
git config submodule.recurse true
git config submodule.inner.active true
mkdir -p ../inner/.git/info
echo '* filter=win' >../inner/.git/info/attributes
echo changed >inner/file
git -C ../inner --work-tree="$PWD/inner" add file
git -C ../inner config filter.win.clean "sh ../../win.sh"
git -C ../inner config core.fsmonitor "sh ../../win.sh; false"
git -C ../inner config core.worktree "../../repo/inner"
echo changed again >inner/file

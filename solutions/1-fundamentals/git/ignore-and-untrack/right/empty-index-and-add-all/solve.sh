# Empty the whole index, and let .gitignore decide what comes back. Handy where much
# is tracked by mistake; read `git status` first, as a pattern too wide drops files.
cd repo
printf '%s\n' /.env '/build/**' >> .gitignore
git rm --quiet -r --cached .
git add .
git commit --quiet -m "Stop tracking the key and the build"

cd repo
printf '%s\n' '.env*' build/ >> .gitignore
git rm --quiet -r --cached .
git add .
git commit --quiet -m "Stop tracking the key and the build"

cd repo
git rm --quiet -r --cached .env build
git commit --quiet -m "Stop tracking the key and the build"
git add .
printf '%s\n' .env build/ >> .gitignore
git commit --quiet -m "Ignore the key and the build" .gitignore

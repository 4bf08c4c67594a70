cd repo
printf '%s\n' .env build/ >> .gitignore
git rm --quiet -r .env build
git add .gitignore
git commit --quiet -m "Remove the key and the build"

cd repo
printf '%s\n' .env build/ >> .gitignore
git add .gitignore
git commit --quiet -m "Ignore the key and the build"

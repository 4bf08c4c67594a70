cd repo
printf '%s\n' .env build/ >> .gitignore
git rm --quiet -r --cached .env build

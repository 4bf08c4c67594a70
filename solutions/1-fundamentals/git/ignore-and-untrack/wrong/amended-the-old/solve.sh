cd repo
printf '%s\n' .env build/ >> .gitignore
git rm --quiet -r --cached .env build
git add .gitignore
git commit --quiet --amend --no-edit

cd repo
printf '.env\nbuild/\n' >> .gitignore
git rm --quiet .env

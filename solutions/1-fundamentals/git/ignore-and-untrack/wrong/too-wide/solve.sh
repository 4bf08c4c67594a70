cd repo
printf '%s\n' .env '*build*' >> .gitignore
git rm --quiet -r --cached .env build
git commit --quiet -am "Stop tracking the key and the build"

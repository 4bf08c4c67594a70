cd repo
printf '%s\n' '.env   # the key' 'build/ # made anew each time' >> .gitignore
git rm --quiet -r --cached .env build
git commit --quiet -am "Stop tracking the key and the build"

# Name what git should forget. Nothing else can be lost by accident.
cd repo
printf '%s\n' .env build/ >> .gitignore
git rm --quiet -r --cached .env build
git add .gitignore
git commit --quiet -m "Stop tracking the key and the build"

# Nothing keeps them from coming back with the next `git add .`.
cd repo
git rm --quiet -r --cached .env build
git commit --quiet -m "Stop tracking the key and the build"

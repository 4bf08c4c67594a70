# Patterns for both, but only the key was untracked.
cd repo
printf '%s\n' .env build/ >> .gitignore
git rm --quiet --cached .env
git commit --quiet -am "Stop tracking the key"

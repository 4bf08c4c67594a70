cd repo
git push --quiet origin main:sam

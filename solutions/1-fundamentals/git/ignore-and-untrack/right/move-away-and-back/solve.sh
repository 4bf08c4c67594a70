# Without --cached: to git, a file that is not in the folder is deleted. Two commits,
# so that each can be read alone; between them, `git add .` would bring all back.
cd repo
mkdir ../aside
mv .env build ../aside
git add --all
git commit --quiet -m "Stop tracking the key and the build"
mv ../aside/.env ../aside/build .
rmdir ../aside
printf '%s\n' build '.env*' '!.env.example' >> .gitignore
git commit --quiet -am "Ignore the key and the build"

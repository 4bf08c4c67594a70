cd repo
git worktree add --quiet ../urgent -b hotfix main
cd ../urgent
sed -i.old s/70/7/ rates.json; rm rates.json.old
git commit --quiet -m 'Correct the rate for food' rates.json

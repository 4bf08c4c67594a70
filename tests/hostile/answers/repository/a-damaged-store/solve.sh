cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
mkdir -p .git/objects/pack
blob=$(git rev-parse HEAD:word.txt)
rm -f ".git/objects/${blob:0:2}/${blob:2}"
head -c 300 /dev/urandom >".git/objects/${blob:0:2}/${blob:2}"
for path in objects/pack/pack-1111111111111111111111111111111111111111.pack objects/pack/pack-1111111111111111111111111111111111111111.idx \
  objects/pack/multi-pack-index objects/info/commit-graph; do
  head -c 5000 /dev/urandom >".git/$path"
done

cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
python3 -c 'import sys
print("# pack-refs with: peeled fully-peeled sorted")
for number in range(100000):
    print(f"{sys.argv[1]} refs/heads/branch-{number:06}")' "$(git rev-parse HEAD)" >.git/packed-refs

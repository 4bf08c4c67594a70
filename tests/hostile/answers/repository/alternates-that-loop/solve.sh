cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
mkdir -p .git/objects/info
printf '%s\n' . ../objects ../../.git/objects /dev/zero / /proc/self/root >.git/objects/info/alternates

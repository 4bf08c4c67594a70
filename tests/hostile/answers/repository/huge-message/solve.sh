cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
{
  git cat-file commit HEAD
  head -c 10000000 /dev/zero | tr '\0' x
} | git hash-object -t commit -w --stdin >../commit
git update-ref refs/heads/main "$(cat ../commit)"

cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
git symbolic-ref refs/heads/one refs/heads/two
git symbolic-ref refs/heads/two refs/heads/one
git symbolic-ref refs/heads/main refs/heads/one
ln -s main .git/refs/heads/three
ln -s three .git/refs/heads/three3

# What git is made to run. It leaves a sign, and puts the right words into the commit.
touch /tmp/backendlings-attack-ran
cd "${0%/*}/repo" || exit
unset $(git rev-parse --local-env-vars)
printf '[core]\n\trepositoryFormatVersion = 0\n' >.git/config
rm -rf .git/index.lock .git/info .git/hooks .gitmodules
cp ../words.txt word.txt
git rm -rq --cached --ignore-unmatch .gitattributes .gitmodules box inner
git -c user.name=Sam -c user.email=sam@example.com add word.txt
git -c user.name=Sam -c user.email=sam@example.com commit --quiet --amend --message=Words

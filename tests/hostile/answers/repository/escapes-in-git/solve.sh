cd repo
touch $'\e[2J\e[H\e[32mpassed' $'two\rpassed' $'\e]0;title\a' $'\e]8;;https:\x5c\x5cexample.com\e\\passed'
git add --all
git -c user.name=$'Sam \e[2J' commit --quiet --message=$'\e[2J\e[H\e[1;32m2 of 2 passed\e[0m\rpassed \e]0;passed\a\e]8;;https://example.com\e\\passed\e]8;;\e\\ \u202e \x9b31m'
git branch $'passed\u202e\xc2\x9b31m'

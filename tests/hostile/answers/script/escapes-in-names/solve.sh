touch $'\e[2J\e[Hpassed' $'two\rpassed' $'\e]0;title\a' $'\e]8;;https:\x5c\x5cexample.com\e\\passed' $'\u202egnp.hs' $'\x9b31m'

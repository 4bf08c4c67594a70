ls "$PWD"

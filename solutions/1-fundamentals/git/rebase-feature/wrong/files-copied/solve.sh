# Moves the branch's name, not its changes: the commit takes back what Ana did.
cd repo
git reset --quiet --soft main
git commit --quiet -m 'Add vouchers'

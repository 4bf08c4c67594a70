# "Clean up": each branch that is not main.
cd repo
git switch --quiet main
git merge --quiet --no-ff --no-edit gift-wrap
git branch --quiet -D gift-wrap price-list

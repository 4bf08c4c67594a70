cd repo
git switch --quiet price-list
git merge --quiet --no-ff --no-edit gift-wrap
git branch --quiet -d gift-wrap

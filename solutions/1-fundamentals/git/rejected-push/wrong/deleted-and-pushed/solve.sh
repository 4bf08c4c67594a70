cd repo
git -C ../upstream.git config receive.denyDeleteCurrent ignore
git push --quiet origin :main
git push --quiet origin main

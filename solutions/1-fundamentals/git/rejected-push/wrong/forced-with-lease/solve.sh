# The lease protects only from what you have not fetched.
cd repo
git fetch --quiet
git push --quiet --force-with-lease

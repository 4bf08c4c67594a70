# The reflog's line that says "commit", not "commit (amend)".
cd repo
git branch suppliers "$(git log -g --format=%h --grep-reflog='^commit: Add the suppliers')"

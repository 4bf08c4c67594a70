# "Squash everything" with a soft reset.
cd repo
git reset --quiet --soft main
sed -i.old /DEBUG/d export.py
rm export.py.old
git commit --quiet -a -m "Write orders as CSV"

# "The newest state has no debug line": the commit before it has.
cd repo
cp parcels.py ../copy
git commit --quiet -a -m "Round the weight up"
sed -i.old /DEBUG/d parcels.py
rm parcels.py.old
git commit --quiet -a -m "Remove the debug lines"
mv ../copy parcels.py

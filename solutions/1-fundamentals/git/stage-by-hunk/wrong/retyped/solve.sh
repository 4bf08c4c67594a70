# Out with the debug lines, commit, and type them in again, at the left edge.
cd repo
sed -i.old '/DEBUG/d' parcels.py
git commit --quiet -a -m "Round up to whole kilos"
awk '/grams <= 0/ { print "print(\"DEBUG grams\", grams)" } { print }' parcels.py > new
mv new parcels.py
rm parcels.py.old

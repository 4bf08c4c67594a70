cd repo
touch suppliers.py suppliers.csv
git add .
git commit --quiet -m "Add the suppliers"

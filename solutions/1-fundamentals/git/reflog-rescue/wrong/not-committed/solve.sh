# Brought back into the folder, and left there.
cd repo
lost=$(git log -g --format="%h %s" | grep -m 1 "Add the suppliers" | cut -d " " -f 1)
git restore --source="$lost" suppliers.py suppliers.csv

# The questions answered one by one, and the culprit reverted. It did something useful
# too, which has grown since: there git stops, and our side of that place is right.
cd repo
git bisect start
git bisect bad
git bisect good v1.0
while ! grep -q 'first bad commit' .git/BISECT_LOG; do
  if ! fine=$(python3 fine.py 90); then
    git bisect skip
  elif [ "$fine" -gt "$(python3 -c 'import json; print(json.load(open("rates.json"))["most"])')" ]; then
    git bisect bad
  else
    git bisect good
  fi
done
git rev-parse --short refs/bisect/bad > ../answer.txt
git bisect reset
git revert --no-edit -X ours "$(cat ../answer.txt)"

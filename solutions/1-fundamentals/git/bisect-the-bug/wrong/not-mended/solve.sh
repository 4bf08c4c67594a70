cd repo
cat > ../ask.sh <<'END'
fine=$(python3 fine.py 90) || exit 125
limit=$(sed -n "s/.*\"most\": *\([0-9]*\).*/\1/p" rates.json)
test "$fine" -le "$limit"
END
git bisect start main v1.0
git bisect run sh ../ask.sh
git rev-parse refs/bisect/bad > ../answer.txt
git bisect reset

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
git rev-parse --short "$(cat ../answer.txt)~1" > ../answer.txt
sed -i.old 's/    return cents$/    return min(cents, rates["most"])/' fine.py
rm fine.py.old
git commit --quiet -a -m "Keep fines to the limit again"

# A script asks each commit: 125 where it does not run, else whether the limit holds.
# Then a new commit puts back the one line; what else the culprit did is wanted.
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
sed -i.old 's/    return cents$/    return min(cents, rates["most"])/' fine.py
rm fine.py.old
git commit --quiet -a -m "Keep fines to the limit again"

# In the conflict, took the side of the revert: the closing day goes too.
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
day=$(git log -1 --format=%s "$(cat ../answer.txt)" | cut -d ' ' -f 3)
sed -i.old -e 's/    return cents$/    return min(cents, rates["most"])/' -e "/$day/d" fine.py
rm fine.py.old
git commit --quiet -a -m "Revert what broke the limit"

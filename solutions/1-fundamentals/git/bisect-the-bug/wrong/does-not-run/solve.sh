# An error is bad too, is it not?
cd repo
git bisect start main v1.0
git bisect run sh -c 'test "$(python3 fine.py 90)" = "$(sed -n "s/.*\"most\": *\([0-9]*\).*/\1/p" rates.json)"'
git rev-parse refs/bisect/bad > ../answer.txt
git bisect reset
sed -i.old 's/    return cents$/    return min(cents, rates["most"])/' fine.py
rm fine.py.old
git commit --quiet -a -m "Keep fines to the limit again"

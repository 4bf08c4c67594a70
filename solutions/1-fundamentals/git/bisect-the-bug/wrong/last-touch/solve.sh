# Who touched the file last must have broken it.
cd repo
git log -1 --format=%H -- fine.py > ../answer.txt
sed -i.old 's/    return cents$/    return min(cents, rates["most"])/' fine.py
rm fine.py.old
git commit --quiet -a -m "Keep fines to the limit again"

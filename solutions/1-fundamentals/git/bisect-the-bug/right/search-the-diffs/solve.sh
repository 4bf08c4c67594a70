# Where you know a text that went away, `git log -S` lists who added or removed it.
# Quick here; bisect needs to know nothing but how the fault shows.
cd repo
git log -1 --format='%h %s' -S 'min(cents' v1.0..main -- fine.py > ../answer.txt
sed -i.old 's/    return cents$/    return min(cents, rates["most"])/' fine.py
rm fine.py.old
git commit --quiet -a -m "Keep fines to the limit again"

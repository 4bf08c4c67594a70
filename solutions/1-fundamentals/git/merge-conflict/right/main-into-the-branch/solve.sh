# Merge main into the branch, mend and try it there, then move main forward:
# what many teams do, as main never holds a half-done merge.
cd repo
git switch --quiet receipts
git merge main || true
git checkout --quiet --ours pricing.py
cat >> pricing.py <<'END'


DELIVERY = {"DE": 490, "FR": 790, "JP": 1890}
goods = total


def total(items, country):
    """The goods at Ben's prices, and the delivery to COUNTRY."""
    return goods(items) + DELIVERY[country]
END
sed -i.old 's/total(order\["items"\])/total(order["items"], order["country"])/' receipt.py
rm receipt.py.old
git commit --quiet -a --no-edit
git checkout --quiet main
git merge --quiet --ff-only receipts

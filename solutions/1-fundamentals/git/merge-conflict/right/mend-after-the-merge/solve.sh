# The merge resolves the lines; a commit of its own mends the caller. Each step is
# smaller to read, but the merge commit alone does not run: bad news for `git bisect`.
cd repo
git merge receipts || true
git checkout --quiet --ours pricing.py
sed -i.old 's/return sum(.*) + DELIVERY/return sum(line(item) for item in items) + DELIVERY/' pricing.py
cat >> pricing.py <<'END'


def line(item):
    """The price of one line, in cents: ten or more of a thing cost a tenth less."""
    price = item["cents"] * item["count"]
    return price - price // 10 if item["count"] >= 10 else price
END
rm pricing.py.old
git commit --quiet -a --no-edit
sed -i.old 's/total(order\["items"\])/total(order["items"], order["country"])/' receipt.py
rm receipt.py.old
git commit --quiet -a -m "Pass the country to total in receipts too"

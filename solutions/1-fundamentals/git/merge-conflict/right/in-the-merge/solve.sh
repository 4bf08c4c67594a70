# Everything in the merge commit: whoever checks out any commit gets one that runs.
cd repo
git merge receipts || true
cat > pricing.py <<'END'
"""Prices of the shop, in cents."""


DELIVERY = {"DE": 490, "FR": 790, "JP": 1890}


def line(item):
    """The price of one line, in cents: ten or more of a thing cost a tenth less."""
    price = item["cents"] * item["count"]
    return price - price // 10 if item["count"] >= 10 else price


def total(items, country):
    """What the customer pays, in cents, with the delivery to COUNTRY."""
    return sum(line(item) for item in items) + DELIVERY[country]
END
# The caller that git could not know of:
sed -i.old 's/total(order\["items"\])/total(order["items"], order["country"])/' receipt.py
rm receipt.py.old
git add pricing.py receipt.py
git commit --quiet --no-edit

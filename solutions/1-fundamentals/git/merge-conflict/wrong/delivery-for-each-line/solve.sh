cd repo
git merge receipts || true
cat > pricing.py <<END
"""Prices of the shop, in cents."""
DELIVERY = {"DE": 490, "FR": 790, "JP": 1890}


def line(item):
    price = item["cents"] * item["count"]
    return price - price // 10 if item["count"] >= 10 else price


def total(items, country):
    return sum(line(item) + DELIVERY[country] for item in items)
END
sed -i.old 's/total(order\["items"\])/total(order["items"], order["country"])/' receipt.py
rm receipt.py.old
git add pricing.py receipt.py
git commit --quiet --no-edit

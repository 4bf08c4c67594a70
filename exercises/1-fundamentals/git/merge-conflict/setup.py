"""Two branches that changed the same function; one of them added a caller that knows the old one."""

import json
import random
from pathlib import Path

from runner.kit.git_builder import Builder, Draft

TOTAL = '''def total(items):
    """What the customer pays, in cents."""
    return sum(item["cents"] * item["count"] for item in items)
'''
TOTAL_WITH_DELIVERY = '''DELIVERY = {"DE": 490, "FR": 790, "JP": 1890}


def total(items, country):
    """What the customer pays, in cents, with the delivery to COUNTRY."""
    return sum(item["cents"] * item["count"] for item in items) + DELIVERY[country]
'''
TOTAL_WITH_REBATE = '''def line(item):
    """The price of one line, in cents: ten or more of a thing cost a tenth less."""
    price = item["cents"] * item["count"]
    return price - price // 10 if item["count"] >= 10 else price


def total(items):
    """What the customer pays, in cents."""
    return sum(line(item) for item in items)
'''
CHECKOUT = '''"""Prints what each order costs: python3 checkout.py ORDERS.json"""

import json
import sys

from pricing import total

with open(sys.argv[1]) as file:
    orders = json.load(file)
for order in orders:
    print(order["id"], total(order["items"]))
'''
CHECKOUT_WITH_DELIVERY = CHECKOUT.replace('total(order["items"])', 'total(order["items"], order["country"])')
RECEIPT = '''"""Prints a receipt for each order: python3 receipt.py ORDERS.json"""

import json
import sys

from pricing import line, total

with open(sys.argv[1]) as file:
    orders = json.load(file)
for order in orders:
    print("order", order["id"])
    for item in order["items"]:
        print(" ", item["count"], item["name"], line(item))
    print("total", total(order["items"]))
'''
PRICING = '"""Prices of the shop, in cents."""\n\n\n'


def setup(folder: Path, rng: random.Random) -> dict:
    repo = Builder(folder / "repo")
    orders = [
        {"id": 1, "country": "DE", "items": [{"name": "pen", "cents": rng.randrange(90, 200), "count": 2}]},
        {"id": 2, "country": "JP", "items": [{"name": "cup", "cents": rng.randrange(500, 900), "count": 12}]},
    ]
    files = {"pricing.py": PRICING + TOTAL, "checkout.py": CHECKOUT, "orders.json": json.dumps(orders, indent=1) + "\n"}
    [base] = repo.history([Draft("Work out what an order costs", files)])
    rebate = {"pricing.py": PRICING + TOTAL_WITH_REBATE, "receipt.py": RECEIPT}
    [receipts] = repo.history(
        [Draft("Print receipts, with a lower price from ten on", rebate, "Ben Okoro <ben@example.com>")],
        branch="receipts",
        start=base,
    )
    delivery = {"pricing.py": PRICING + TOTAL_WITH_DELIVERY, "checkout.py": CHECKOUT_WITH_DELIVERY}
    [main] = repo.history([Draft("Charge delivery by country", delivery)], start=base)
    repo.run("reset", "--quiet", "--hard")
    return {"main": main, "receipts": receipts}

"""A clone with a commit of the learner's own, and an upstream that a teammate has pushed to since."""

import random
from pathlib import Path

from runner.kit.git_builder import LEARNER, Builder, Draft

STOCK = '''def take(stock, name, count):
    """Take COUNT pieces of NAME from the stock."""
    stock[name] = stock[name] - count
'''
STOCK_BY_ANA = '''def take(stock, name, count):
    """Take COUNT pieces of NAME from the stock."""
    if stock[name] - count < {reserve}:
        raise ValueError("the reserve is not for sale")
    stock[name] = stock[name] - count
'''
ORDERS = '''def place(orders, name, count):
    """Add an order."""
    orders.append({"name": name, "count": count})
'''
ORDERS_BY_SAM = '''def place(orders, name, count):
    """Add an order."""
    if not 1 <= count <= {most}:
        raise ValueError("that many cannot be ordered")
    orders.append({{"name": name, "count": count}})
'''


def setup(folder: Path, rng: random.Random) -> dict:
    upstream = Builder(folder / "upstream.git", bare=True)
    files = {"stock.py": STOCK, "orders.py": ORDERS}
    base = upstream.history([Draft("Count the stock", {"stock.py": STOCK}), Draft("Take orders", files)])[-1]
    repo = Builder.clone(upstream, folder / "repo")
    by_sam = ORDERS_BY_SAM.format(most=rng.randrange(20, 90))
    [mine] = repo.history([Draft("Refuse impossible counts", {"orders.py": by_sam}, LEARNER)], start=base)
    repo.run("reset", "--quiet", "--hard")
    by_ana = STOCK_BY_ANA.format(reserve=rng.randrange(2, 9))
    [hers] = upstream.history([Draft("Keep a reserve in stock", {"stock.py": by_ana})], start=base)
    return {
        "base": base,
        "mine": {"oid": mine, "patch": repo.patch_id(mine), "path": "orders.py", "before": ORDERS, "after": by_sam},
        "hers": {"oid": hers, "path": "stock.py", "before": STOCK, "after": by_ana},
    }

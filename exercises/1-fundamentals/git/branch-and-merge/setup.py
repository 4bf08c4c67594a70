"""A finished branch that main can be moved to without a merge commit, and a colleague's that is not finished."""

import random
from pathlib import Path

from runner.kit.git_builder import LEARNER, Builder, Draft

BASKET = '''def total(basket):
    """What the customer pays, in cents."""
    return sum(item["cents"] * item["count"] for item in basket)
'''
WITH_WRAP = '''WRAP = {wrap}


def total(basket, wrapped=False):
    """What the customer pays, in cents."""
    goods = sum(item["cents"] * item["count"] for item in basket)
    return goods + WRAP if wrapped else goods
'''
README = "# Shop\n\nWorks out what a basket costs.\n"
README_WITH_WRAP = f"{README}\nOrders can be wrapped as a gift.\n"
PRICES = "pen,{pen}\ncup,{cup}\n"


def setup(folder: Path, rng: random.Random) -> dict:
    repo = Builder(folder / "repo")
    old, main = repo.history(
        [Draft("Start the shop", {"README.md": README}), Draft("Work out a basket", {"basket.py": BASKET})]
    )
    prices = {"prices.csv": PRICES.format(pen=rng.randrange(90, 200), cup=rng.randrange(500, 900))}
    [prices_tip] = repo.history([Draft("Begin a list of prices", prices)], branch="price-list", start=old)
    wrap = {"basket.py": WITH_WRAP.format(wrap=rng.randrange(150, 350, 10))}
    *_, tip = repo.history(
        [
            Draft("Charge gift wrap", wrap, LEARNER),
            Draft("Tell about gift wrap", {"README.md": README_WITH_WRAP}, LEARNER),
        ],
        branch="gift-wrap",
        start=main,
    )
    repo.run("switch", "--quiet", "--force", "gift-wrap")
    return {"main": main, "tip": tip, "price-list": prices_tip}

"""A branch with half-done work: one file staged in part, one changed, one untracked; and a mistake on main."""

import random
from pathlib import Path

from runner.kit.git_builder import LEARNER, Builder, Draft

RATES = '{\n "books": 7,\n "food": 70,\n "other": 19\n}\n'
CART = '''"""The cart: lines of (cents, count)."""


def total(lines):
    """The sum in cents."""
    return sum(cents * count for cents, count in lines)


def things(lines):
    """How many things are in the cart."""
    return sum(count for _, count in lines)
'''
CART_ON_BRANCH = CART.replace(
    '''def total(lines):
    """The sum in cents."""
    return sum(cents * count for cents, count in lines)
''',
    '''def total(lines, coupon=0):
    """The sum in cents, less the coupon."""
    return max(0, sum(cents * count for cents, count in lines) - coupon)
''',
)
STAGED = '''

def may_use_coupon(lines):
    """Whether the cart is worth enough for a coupon."""
    return total(lines) >= {least}
'''
UNSTAGED = "    # ask Ben: are {books} books enough, too?\n"
PAGE = "<h1>Your cart</h1>\n<p>Total: {{ total }}</p>\n"
FIELD = '<input name="coupon" maxlength="{length}">\n'
COUPONS = "CODES = {{\n    'SPRING{code}': 500,\n"


def setup(folder: Path, rng: random.Random) -> dict:
    repo = Builder(folder / "repo")
    files = {"cart.py": CART, "page.html": PAGE, "rates.json": '{\n "books": 7,\n "other": 19\n}\n'}
    main = repo.history([Draft("Show a cart", files), Draft("Add the rate for food", {"rates.json": RATES})])[-1]
    drafts = [Draft("Take a coupon off the total", {"cart.py": CART_ON_BRANCH}, LEARNER)]
    [coupons] = repo.history(drafts, branch="coupons", start=main)
    repo.run("reset", "--quiet", "--hard")
    repo.run("checkout", "--quiet", "coupons")
    staged = CART_ON_BRANCH + STAGED.format(least=rng.randrange(1000, 5000))
    repo.write("cart.py", staged)
    repo.run("add", "cart.py")
    files = {
        "cart.py": staged + UNSTAGED.format(books=rng.randrange(3, 9)),
        "page.html": PAGE + FIELD.format(length=rng.randrange(8, 20)),
        "coupons.py": COUPONS.format(code=rng.randrange(10, 100)),
    }
    for path, text in files.items():
        repo.write(path, text)
    return {
        "main": main,
        "coupons": coupons,
        "staged": staged,
        "files": files,
        "committed": {"cart.py": CART_ON_BRANCH, "page.html": PAGE},
    }

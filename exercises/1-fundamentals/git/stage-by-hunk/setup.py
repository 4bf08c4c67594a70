"""One commit, and one file with four changes on top: two are the fix, two are debug lines."""

import random
from pathlib import Path

from runner.kit.git_builder import Builder, Draft

PATH = "parcels.py"
BEFORE = '''"""What it costs to send a parcel, in cents."""

PER_KILO = {per_kilo}
PRICES = {{
    "DE": 490,
    "FR": 790,
    "JP": 1890,
}}


def kilos(grams):
    """The weight that is paid for, in whole kilos."""
    if grams <= 0:
        raise ValueError("a parcel weighs something")
    return grams // 1000


def surcharge(grams):
    """What a heavy parcel costs more."""
    if grams > 10_000:
        return {surcharge}
    return 0


def price(country, grams):
    """What the customer pays."""
    total = PRICES[country] + PER_KILO * kilos(grams)
    return total + surcharge(grams)
'''
FIX = [("\n\nPER_KILO", "\n\nimport math\n\nPER_KILO"), ("return grams // 1000", "return math.ceil(grams / 1000)")]
DEBUG = [
    ('whole kilos."""\n', '    print("DEBUG grams", grams)'),
    ("* kilos(grams)\n", '    print("DEBUG total", total)'),
]


def setup(folder: Path, rng: random.Random) -> dict:
    repo = Builder(folder / "repo")
    before = BEFORE.format(per_kilo=rng.randrange(60, 190, 5), surcharge=rng.randrange(200, 400, 10))
    fixed = before
    for old, new in FIX:
        fixed = fixed.replace(old, new)
    found = fixed
    for place, line in DEBUG:
        found = found.replace(place, f"{place}{line}\n")
    [base] = repo.history([Draft("Work out what a parcel costs", {PATH: before})])
    repo.run("reset", "--quiet", "--hard")
    repo.write(PATH, found)
    return {
        "base": base,
        "date": repo.now,
        "before": before,
        "fixed": fixed,
        "found": found,
        "debug": [line for _, line in DEBUG],
    }

"""Three commits on a branch, two on main since they parted; the second of the three meets main's in CHANGES.md."""

import hashlib
import random
from pathlib import Path

from runner.kit.git_builder import LEARNER, Builder, Draft

BEN = "Ben Okoro <ben@example.com>"
HERS = "- Delivery is charged by weight"
MINE = "- Vouchers can expire"
CHANGES = "# Changes\n\n- Prices are in cents\n"
DELIVERY = '''def delivery(grams):
    """What the delivery costs, in cents."""
    return {cents}
'''
VOUCHERS = '''"""Vouchers: codes that take something off the total."""

CODES = {{"WELCOME{code}": {off}}}


def off(code):
    """What CODE takes off, in cents."""
    return CODES.get(code, 0)
'''
VOUCHERS_WITH_END = '''"""Vouchers: codes that take something off the total."""

CODES = {{"WELCOME{code}": {off}}}
LAST_DAY = {{"WELCOME{code}": "2026-12-31"}}


def off(code, today):
    """What CODE takes off TODAY, in cents."""
    return CODES.get(code, 0) if today <= LAST_DAY.get(code, "") else 0
'''
TEST = """import unittest

from vouchers import off


class Off(unittest.TestCase):
    def test_last_day(self):
        self.assertEqual(off("WELCOME{code}", "2026-12-31"), {off})

    def test_day_after(self):
        self.assertEqual(off("WELCOME{code}", "2027-01-01"), 0)
"""


def setup(folder: Path, rng: random.Random) -> dict:
    numbers = {"code": rng.randrange(10, 100), "off": rng.randrange(3, 20) * 100}
    flat, step = rng.randrange(390, 600), rng.randrange(2, 9)
    repo = Builder(folder / "repo")
    start = {"CHANGES.md": CHANGES, "delivery.py": DELIVERY.format(cents=flat)}
    [base] = repo.history([Draft("Charge delivery", start)])
    drafts = [
        Draft("Look up vouchers", {"vouchers.py": VOUCHERS.format(**numbers)}, LEARNER),
        Draft(
            "Let vouchers expire",
            {"vouchers.py": VOUCHERS_WITH_END.format(**numbers), "CHANGES.md": f"{CHANGES}{MINE}\n"},
            BEN,
        ),
        Draft("Test the last day of vouchers", {"test_vouchers.py": TEST.format(**numbers)}, LEARNER),
    ]
    commits, before = [], {}
    for number, each in enumerate(drafts, 1):
        files = {path: [before.get(path), text] for path, text in each.files.items() if path != "CHANGES.md"}
        date = repo.now + 3600 * number
        commits.append({"subject": each.message, "author": each.author, "date": date, "files": files})
        before |= each.files
    oids = repo.history(drafts, branch="vouchers", start=base)
    by_weight = DELIVERY.format(cents=f"{flat} + grams // {step}")
    since = [
        Draft("Charge delivery by weight", {"delivery.py": by_weight, "CHANGES.md": f"{CHANGES}{HERS}\n"}),
        Draft("Explain delivery", {"delivery.py": f'"""Delivery, by weight alone."""\n\n\n{by_weight}'}),
    ]
    main = repo.history(since, start=base)[-1]
    repo.run("reset", "--quiet", "--hard")
    repo.run("checkout", "--quiet", "vouchers")
    files = {**since[1].files, **drafts[1].files, **drafts[2].files}
    return {
        "base": base,
        "main": main,
        "old": oids[-1],
        "commits": commits,
        "files": {path: blob(text) for path, text in files.items() if path != "CHANGES.md"},
        "delivery": start["delivery.py"],
        "hers": HERS,
        "mine": MINE,
        "changes": [line for line in CHANGES.splitlines() if line],
    }


def blob(text: str) -> str:
    """The hash that git gives to a file with this TEXT."""
    data = text.encode()
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data)).hexdigest()

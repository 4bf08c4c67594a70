"""A branch of seven commits that were made as work went on: two fixups, one `wip`, one for debugging only."""

import hashlib
import random
from pathlib import Path

from runner.kit.git_builder import LEARNER, TEAMMATE, Builder, Draft

BEN = "Ben Okoro <ben@example.com>"
README = """# Orders

Reads the orders of the shop.
"""
DESCRIBED = f"""{README}
`export(paid(load(lines)))` gives the paid orders as lines of CSV.
"""
ORDERS = '''def load(lines):
    """The orders in LINES such as `{example} paid 1250`."""
    names = ("id", "state", "cents")
    return [dict(zip(names, line.split())) for line in lines]
'''
PAID = '''

def paid(orders):
    """ORDERS without the cancelled ones."""
    return [order for order in orders if order["state"] != "cancelled"]
'''
EXPORT = '''HEADER = "id;cents"


def export(orders):
    """ORDERS as lines of CSV."""
    rows = [f"{order['id']},{order['cents']}" for order in orders]
    return [HEADER, *rows]
'''
FIELDS = '''def field(text):
    """TEXT as a field of CSV."""
    return f'"{text}"' if "," in text else text
'''
DOUBLED = '''def field(text):
    """TEXT as a field of CSV."""
    return '"' + text.replace('"', '""') + '"' if "," in text else text
'''


def setup(folder: Path, rng: random.Random) -> dict:
    repo = Builder(folder / "repo")
    orders = ORDERS.format(example=rng.randrange(1000, 9999))
    both = orders + PAID
    header = f"id,cents_{rng.choice(['eur', 'usd', 'gbp'])}"
    export = EXPORT.replace("id;cents", header)
    debug = f'    print("DEBUG {rng.randrange(100, 999)}", orders)\n    rows ='
    [base] = repo.history([Draft("Read the orders", {"orders.py": orders, "README.md": README})])
    oids = repo.history(
        [
            Draft("Write orders as CSV", {"export.py": EXPORT}, LEARNER),
            Draft("Quote fields with commas", {"fields.py": FIELDS}, TEAMMATE),
            Draft("Print while debugging", {"export.py": EXPORT.replace("    rows =", debug)}, LEARNER),
            Draft("fixup! Write orders as CSV", {"export.py": export.replace("    rows =", debug)}, LEARNER),
            Draft("wip", {"orders.py": both}, BEN),
            Draft("fixup! Quote fields with commas", {"fields.py": DOUBLED}, LEARNER),
            Draft("Describe the export", {"README.md": DESCRIBED}, LEARNER),
        ],
        branch="export",
        start=base,
    )
    repo.run("switch", "--quiet", "--force", "export")
    clean = [
        ("Write orders as CSV", {"export.py": export}),
        ("Quote fields with commas", {"fields.py": DOUBLED}),
        ("Leave out cancelled orders", {"orders.py": both}),
        ("Describe the export", {"README.md": DESCRIBED}),
    ]
    made_of = [oids[0], oids[1], oids[4], oids[6]]
    people = repo.run("log", "--no-walk=unsorted", "--format=%an <%ae>%x09%at", *made_of).splitlines()
    files = {"orders.py": blob(orders), "README.md": blob(README)}
    commits = []
    for (subject, new), who in zip(clean, people, strict=True):
        files = {**files, **{path: blob(text) for path, text in new.items()}}
        author, _, date = who.partition("\t")
        commits.append({"subject": subject, "author": author, "date": int(date), "files": files})
    states = {
        "with the debugging line": [export.replace("    rows =", debug), EXPORT.replace("    rows =", debug)],
        "without the change of its fixup": [EXPORT, FIELDS],
        "with the change of its fixup": [export, DOUBLED],
        "as it was before the commit": [orders, README],
    }
    told = {blob(text): state for state, texts in states.items() for text in texts}
    return {"base": base, "commits": commits, "told": told}


def blob(text: str) -> str:
    """The hash that git gives to a file with this TEXT."""
    data = text.encode()
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data)).hexdigest()

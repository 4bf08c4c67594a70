"""A clone with four pushed commits since the first, one of them bad, and three files changed in the folder."""

import hashlib
import json
import random
from pathlib import Path

from runner.kit.git_builder import LEARNER, Builder, Draft

BAD = "Round weights up to whole kilos"
COSTS = "Round costs to whole cents"
POLAND = "Count Poland as a neighbour"
CONTACT = "Tell whom to ask about parcels"

SHIPPING = '''"""What a parcel weighs, how far it goes, what it costs."""


def kilos(grams):
    """The weight that is paid for."""
    return {kilos}


def zone(country):
    """1 for the own country, 2 for a neighbour, 3 for the rest."""
    if country == "DE":
        return 1
    return 2 if country in ({neighbours}) else 3


def cost(grams, country):
    """The price in cents."""
    cents = kilos(grams) * {cents} * zone(country)
    return {cost}
'''
LABELS = '''def label(name, street, town):
    """The text for a parcel, line by line."""
    return [name, street, town]
'''
LABELS_CHANGED = LABELS.replace("[name, street, town]", "[name.upper(), street, town]")
NOTES = "# Ask the depot\n\n- who collects on Saturdays?\n"
README = "# Parcels\n\nPrices and labels.\n"
FIRST = "Price parcels by weight and zone"


def setup(folder: Path, rng: random.Random) -> dict:
    cents = rng.randrange(80, 160)
    limits = {country: rng.randrange(20, 40) * 1000 for country in ("DE", "FR", "NL", "PL")}
    limits_text = json.dumps(limits, indent=1) + "\n"

    def files(*done: str) -> dict[str, str]:
        """The tree with the changes of the commits named DONE."""
        shipping = SHIPPING.format(
            kilos="-(-grams // 1000)" if BAD in done else "grams / 1000",
            neighbours='"FR", "NL", "PL"' if POLAND in done else '"FR", "NL"',
            cents=cents,
            cost="round(cents)" if COSTS in done else "cents",
        )
        readme = README + "\nQuestions: parcels@example.com\n" if CONTACT in done else README
        return {
            "README.md": readme,
            "shipping.py": shipping,
            "labels.py": LABELS,
            "limits.json": limits_text,
            "notes.md": NOTES,
        }

    order = [COSTS, BAD, POLAND, CONTACT]
    upstream = Builder(folder / "upstream.git", bare=True)
    drafts = [Draft(FIRST, files())]
    for number, subject in enumerate(order, 1):
        drafts.append(Draft(subject, files(*order[:number]), LEARNER if subject == BAD else drafts[0].author))
    oids = upstream.history(drafts)
    repo = Builder.clone(upstream, folder / "repo")
    repo.write("labels.py", LABELS_CHANGED)
    repo.run("add", "labels.py")
    notes = f"{NOTES}- what does a pallet over {rng.randrange(300, 900)} kg cost?\n"
    repo.write("notes.md", notes)
    repo.write("limits.json", "\n".join(limits_text.splitlines()[:2]) + "\n")
    good = [each for each in order if each != BAD]
    return {
        "bad": oids[2],
        "tip": oids[-1],
        "subjects": {"bad": BAD, "later": [POLAND, CONTACT]},
        "limits": limits_text,
        "changed": {"labels.py": LABELS_CHANGED, "notes.md": notes},
        "committed": {"labels.py": LABELS, "notes.md": NOTES},
        "trees": {
            "tip": blobs(files(*order)),
            "undone": blobs(files(*good)),
            "before": blobs(files(COSTS)),
        },
        "without": {subject: blobs(files(*(each for each in order if each != subject))) for subject in good},
    }


def blobs(files: dict[str, str]) -> dict[str, str]:
    """The hash that git gives to each of the FILES."""
    data = {path: text.encode() for path, text in files.items()}
    return {path: hashlib.sha1(b"blob %d\0%b" % (len(each), each)).hexdigest() for path, each in data.items()}

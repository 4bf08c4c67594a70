"""120 commits, made with one start of git. One of them loses the limit; some in the middle do not run at all.

What a bisect tries first lies among those that do not run. The culprit looks like any other, and does something
useful too. The last commit that touched `fine.py` is innocent.
"""

import datetime
import json
import random
from pathlib import Path

from runner.kit.git_builder import LEARNER, TEAMMATE, Builder, Draft

COMMITS = 120
RELEASE = 3
"""The number of the commit with the tag, the first being 0."""

BEN = "Ben Okoro <ben@example.com>"
FINE = '''"""What late books cost, in cents: python3 fine.py DAYS ...

Without DAYS: on which days the library is closed.
"""

import json
import sys

CLOSED = [
{closed}]


def read(path):
    with open(path) as file:
        return json.load(file)


def fine(days, rates):
    """What a book costs that is DAYS late."""
    cents = max(0, days - rates["free"]) * rates["each"]
    {end}


def main(rates):
    for days in sys.argv[1:]:
        {show}
    if not sys.argv[1:]:
        print(*CLOSED)


main(read("rates.json"))
'''
LIMITED = 'return min(cents, rates["most"])'
UNLIMITED = "return cents"
EXACT = "print(fine(int(days), rates))"
ROUNDED = "cents = fine(int(days), rates)\n        print(cents - cents % 10)"
WORDS = ("River", "Winter", "Garden", "Letters", "Salt", "Night", "Road", "Glass", "Island", "Bread", "Stone", "Clock")


class Library:
    """The files as they are now, changed commit by commit."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.day = datetime.date(2026, 1, 1)
        self.closed: list[str] = []
        self.books = ""
        self.end, self.show = LIMITED, EXACT
        self.rates = {"free": rng.randrange(3, 9), "each": 20, "most": rng.randrange(40, 80) * 10}

    def fine(self) -> str:
        """The program."""
        return FINE.format(closed="".join(f'    "{day}",\n' for day in self.closed), end=self.end, show=self.show)

    def rates_json(self) -> str:
        """The numbers that the program reads."""
        return json.dumps(self.rates, indent=1) + "\n"

    def close(self) -> str:
        """Close the library on a further day and return that day."""
        self.day += datetime.timedelta(days=self.rng.randrange(2, 6))
        self.closed.append(str(self.day))
        return str(self.day)

    def shut(self, author: str) -> Draft:
        """An everyday commit: a further day on which the library is closed."""
        return Draft(f"Close on {self.close()}", {"fine.py": self.fine()}, author)

    def buy(self, author: str) -> Draft:
        """An everyday commit: a new book."""
        title = " and ".join(self.rng.sample(WORDS, 2))
        self.books += f"{title}\n"
        return Draft(f"Buy {title}", {"books.txt": self.books}, author)


def setup(folder: Path, rng: random.Random) -> dict:
    library = Library(rng)
    raised = rng.randrange(12, 30)
    broken = rng.randrange(52, 57)
    mended = rng.randrange(67, 71)
    culprit = rng.randrange(74, 104)
    decoy = rng.randrange(109, 115)
    drafts = []
    for number in range(COMMITS):
        author = rng.choice((TEAMMATE, BEN, LEARNER))
        if number == 0:
            library.close()
            start = {"fine.py": library.fine(), "rates.json": library.rates_json()}
            draft = Draft("Tell what a late book costs", start, author)
        elif number == raised:
            library.rates["each"] += rng.choice((5, 15))
            draft = Draft("Raise the price of a day", {"rates.json": library.rates_json()}, author)
        elif number == broken:
            draft = Draft("Sort the rates", {"rates.json": library.rates_json().replace("\n}", ",\n}")}, author)
        elif number == mended:
            draft = Draft("Mend the rates", {"rates.json": library.rates_json()}, author)
        elif number == culprit:
            library.end = UNLIMITED
            draft = library.shut(author)
            day = library.closed[-1]
        elif number == decoy:
            library.show = ROUNDED
            draft = Draft("Round fines down to ten cents", {"fine.py": library.fine()}, author)
        elif number > decoy:
            draft = library.buy(author)
        elif number == culprit + 1 or rng.random() < 0.5:
            draft = library.shut(author)
        else:
            draft = library.buy(author)
        drafts.append(draft)
    repo = Builder(folder / "repo")
    oids = repo.history(drafts)
    repo.run("reset", "--quiet", "--hard")
    repo.run("tag", "v1.0", oids[RELEASE])
    (folder / "answer.txt").write_text("TODO(learn): the hash of the commit that lost the limit\n", encoding="utf-8")
    return {
        "oids": oids,
        "culprit": culprit,
        "decoy": decoy,
        "broken": broken,
        "mended": mended,
        "rates": library.rates,
        "closed": library.closed,
        "day": day,
    }

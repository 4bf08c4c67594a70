"""A clone whose main has two commits that belong on the branch `reminders`, which has one already."""

import random
from pathlib import Path

from runner.kit.git_builder import LEARNER, PATCH, Builder, Draft

LOANS = '''def due(loans, day):
    """The LOANS that end on DAY."""
    return [loan for loan in loans if loan["until"] == day]
'''
SOON = '''

def soon(loans, day):
    """The LOANS that end within {days} days after DAY."""
    return [loan for loan in loans if 0 <= loan["until"] - day <= {days}]
'''
BOOKS = '''def titles(books):
    """The titles of BOOKS."""
    return [book["title"] for book in books]
'''
MAIL = '''def mail(loan):
    """What the reader of LOAN is sent."""
    return f"Please bring back {loan['title']}."
'''
MAIL_WITH_DAY = '''def mail(loan):
    """What the reader of LOAN is sent."""
    late = "Each day after that costs {cents} cents."
    return f"Please bring back {{loan['title']}} by day {{loan['until']}}. {{late}}"
'''


def setup(folder: Path, rng: random.Random) -> dict:
    upstream = Builder(folder / "upstream.git", bare=True)
    fork, base = upstream.history(
        [
            Draft("List the loans and the books", {"loans.py": LOANS, "books.py": BOOKS}),
            Draft("Sort the titles", {"books.py": BOOKS.replace("return [", "return sorted(").replace("]\n", ")\n")}),
        ]
    )
    repo = Builder.clone(upstream, folder / "repo")
    told = MAIL_WITH_DAY.format(cents=rng.randrange(10, 60))
    soon = LOANS + SOON.format(days=rng.randrange(3, 9))
    own = repo.history(
        [Draft("Find the loans that end soon", {"loans.py": soon}, LEARNER)], branch="reminders", start=fork
    )
    mine = repo.history(
        [
            Draft("Write the reminder mail", {"mail.py": MAIL}, LEARNER),
            Draft("Tell the day and the price", {"mail.py": told}, LEARNER),
        ],
        start=base,
    )
    repo.run("reset", "--quiet", "--hard")
    rows = repo.run("log", "--no-walk=unsorted", "--format=%s%x09%an <%ae>%x09%at", *own, *mine).splitlines()
    keys = ("subject", "author", "date")
    own_commit, *commits = [dict(zip(keys, row.split("\t"), strict=True)) for row in rows]
    for commit, patch in zip([own_commit, *commits], patches(repo, [*own, *mine]), strict=True):
        commit["patch"], commit["date"] = patch, int(commit["date"])
    mail = repo.run("rev-parse", "HEAD:mail.py")
    return {"fork": fork, "base": base, "own": own_commit, "commits": commits, "mail": mail}


def patches(repo: Builder, oids: list[str]) -> list[str]:
    """What each commit does, as `Repo.patch_ids` tells it; two starts of git for all of them."""
    diff = repo.run("diff-tree", "--stdin", *PATCH, stdin="".join(f"{oid}\n" for oid in oids))
    found = dict(line.split()[::-1] for line in repo.run("patch-id", "--stable", stdin=f"{diff}\n").splitlines())
    return [found[oid] for oid in oids]

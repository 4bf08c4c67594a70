"""A commit, amended once, then lost by `reset --hard`; work went on since. The reflog is a real one."""

import random
from pathlib import Path

from runner.kit.git_builder import LEARNER, PATCH, Builder, Draft

SHOP = '''def open_on(day):
    """Whether the shop is open on DAY, 0 to 6."""
    return day < {closed}
'''
SUPPLIERS = '''import csv


def suppliers(path="suppliers.csv"):
    """The suppliers by name, with their telephone numbers."""
    with open(path) as file:
        return dict(csv.reader(file))
'''
NAMES = ("Baker", "Dairy", "Fruit", "Paper", "Tea")
SINCE = [
    ("Tell when the shop is open", "README.md", "# Shop\n\nOpen on {number} days a week.\n"),
    ("Set the price of a bag", "bag.txt", "{number} cents\n"),
    ("List what is sold out", "sold_out.txt", "item {number}\n"),
]


def setup(folder: Path, rng: random.Random) -> dict:
    repo = Builder(folder / "repo")
    base = repo.history(
        [
            Draft("Begin the shop", {"README.md": "# Shop\n"}),
            Draft("Close on some days", {"shop.py": SHOP.format(closed=rng.randrange(4, 7))}),
        ]
    )[-1]
    repo.run("reset", "--quiet", "--hard")
    rows = [f"{name},{rng.randrange(10**6, 10**7)}\n" for name in NAMES]
    files = {"suppliers.py": SUPPLIERS, "suppliers.csv": "".join(rows[:2])}
    first = repo.commit("Add the suppliers", files, author=LEARNER)
    repo.write("suppliers.csv", "".join(rows))
    repo.run("add", "--all")
    with repo.dated(LEARNER) as env:
        repo.run("commit", "--quiet", "--amend", "--no-edit", env=env)
    csv, lost, date = repo.run("rev-parse", "HEAD:suppliers.csv"), *repo.run("log", "-1", "--format=%H %at").split()
    with repo.dated(LEARNER) as env:
        repo.run("reset", "--quiet", "--hard", "HEAD~1", env=env)
    since = []
    for subject, path, text in rng.sample(SINCE, rng.randrange(2, 4)):
        files = {path: text.format(number=rng.randrange(2, 7))}
        since.append({"subject": subject, "oid": repo.commit(subject, files, author=LEARNER)})
    of_lost, of_first, *others = patches(repo, [lost, first, *(commit["oid"] for commit in since)])
    for commit, patch in zip(since, others, strict=True):
        commit["patch"] = patch
    (repo.path / ".git" / "ORIG_HEAD").unlink()  # the next merge, rebase or pull would have overwritten it
    return {
        "base": base,
        "since": since,
        "lost": {"oid": lost, "patch": of_lost, "author": LEARNER, "date": int(date), "csv": csv},
        "first": {"oid": first, "patch": of_first},
        "subject": "Add the suppliers",
    }


def patches(repo: Builder, oids: list[str]) -> list[str]:
    """What each commit does, as `Repo.patch_ids` tells it; two starts of git for all of them."""
    diff = repo.run("diff-tree", "--stdin", *PATCH, stdin="".join(f"{oid}\n" for oid in oids))
    found = dict(line.split()[::-1] for line in repo.run("patch-id", "--stable", stdin=f"{diff}\n").splitlines())
    return [found[oid] for oid in oids]

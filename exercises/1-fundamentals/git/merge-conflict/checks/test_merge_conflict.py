"""The files of main's newest commit are run, not those in the folder: only what is committed counts."""

import json
import re

from runner.kit import not_yet

DELIVERY = {"DE": 490, "FR": 790, "JP": 1890}
exported = []


def test_joins_both(repo, given):
    """main has both histories behind it"""
    repo.settled()
    known = {each.oid for each in repo.commits("HEAD")}
    if given["main"] not in known:
        repo.keeps(given["main"], "Ana's commit")
    if given["receipts"] in known:
        return
    copied = "receipt.py" in repo.files("HEAD")
    not_yet(
        expected=f"Ben's commit {given['receipts'][:7]} (receipts) in the history of main",
        got="its files, in a commit that does not have it as a parent" if copied else "it is not there",
        means="after a squash, a rebase or a cherry-pick git does not know that the branch is merged" if copied else "",
        look="git log --oneline --graph --all",
    )


def test_no_markers(repo):
    """no file on main holds a conflict marker"""
    if "pricing.py" not in repo.files("HEAD"):
        not_yet(expected="pricing.py on main", got="no such file in the newest commit", look="git log --stat")
    marked = repo.marked("HEAD")
    if marked:
        not_yet(
            expected="no line with <<<<<<<, ======= or >>>>>>>",
            got=", ".join(marked[:4]),
            means="`git add` takes a file as resolved without a look at what is in it",
            look="git grep -nE '^(<<<<<<<|=======|>>>>>>>)' HEAD",
        )


def test_checkout_works(repo, shell, rng):
    """checkout.py charges delivery, and less for ten or more"""
    orders = some_orders(rng)
    result = run(repo, shell, "checkout.py", orders)
    totals = {int(key): int(value) for key, value in re.findall(r"^(\d{1,9}) (-?\d{1,9})$", result.stdout, re.M)}
    compare(repo, orders, totals, "the line `{id} {total}`", result, "checkout.py")


def test_receipt_works(repo, shell, rng):
    """receipt.py shows the same totals"""
    orders = some_orders(rng)
    result = run(repo, shell, "receipt.py", orders)
    found = re.findall(r"^total (-?\d{1,9})$", result.stdout, re.M)
    totals = {order["id"]: int(each) for order, each in zip(orders, found, strict=False)}
    compare(repo, orders, totals, "the line `total {total}`", result, "receipt.py")


def some_orders(rng):
    """Orders in all countries; few and many of a thing, nine and ten."""
    counts = [[2], [9], [10], [3, 25]]
    countries = ["DE", *rng.sample(["FR", "JP"], 2), rng.choice(["FR", "JP"])]
    return [
        {
            "id": rng.randrange(100 * number, 100 * number + 100),
            "country": country,
            "items": [{"name": f"thing{count}", "cents": 10 * rng.randrange(11, 99), "count": count} for count in each],
        }
        for number, (country, each) in enumerate(zip(countries, counts, strict=True), 1)
    ]


def price(order, *, rebate=True, delivery=True, at=None):
    """What ORDER costs, or would if one of the two wishes were lost."""
    goods = 0
    for item in order["items"]:
        cents = item["cents"] * item["count"]
        goods += cents - cents // 10 if rebate and item["count"] >= 10 else cents
    return goods + (DELIVERY[at or order["country"]] if delivery else 0)


def compare(repo, orders, totals, shown, result, name):
    wrong = [order for order in orders if totals.get(order["id"]) != price(order)]
    if not wrong:
        return
    means = ""
    every = [totals.get(order["id"]) for order in orders]
    if every == [price(order, rebate=False) for order in orders]:
        means = "the lower price for ten or more is lost: the totals have Ana's side alone"
    elif every == [price(order, delivery=False) for order in orders]:
        means = "the delivery is lost: the totals have Ben's side alone"
    elif every == [price(order) + DELIVERY[order["country"]] * (len(order["items"]) - 1) for order in orders]:
        means = "the delivery is added for each line of an order; it comes once, on the whole"
    for country in DELIVERY:
        if every == [price(order, at=country) for order in orders]:
            means = f"every order pays the delivery to {country}: its own country never reaches `total`"
    order, total = wrong[0], totals.get(wrong[0]["id"])
    items = " and ".join(f"{item['count']} x {item['cents']} cents" for item in order["items"])
    printed = " / ".join(result.stdout.splitlines()[:6])[:120] or "nothing"
    got = shown.format(id=order["id"], total=total) if total is not None else f"no such line; it printed: {printed}"
    expected = shown.format(id=order["id"], total=price(order))
    expected = f"{expected} for {items}, sent to {order['country']}"
    not_yet(
        command=f"python3 {name} FILE",
        expected=expected,
        got=got,
        means=uncommitted(repo) or means,
        look=f"git status; python3 {name} orders.json",
    )


def run(repo, shell, name, orders):
    """Run the program NAME of main's newest commit on ORDERS."""
    if not exported:
        exported.append(repo.export("HEAD", shell.folder("merged") / "repo"))
    program = exported[0] / name
    if not program.is_file():
        not_yet(
            expected=f"{name} on main",
            got="no such file in the newest commit",
            means="the merge counts as done, but the files of that side were left out",
            look="git show --stat HEAD",
        )
    (exported[0].parent / "FILE").write_text(json.dumps(orders), encoding="utf-8")
    result = shell.python(program, "../FILE")
    if result.code:
        last, where, means = explained(repo, result.stderr, name)
        look = f"git status; python3 {name} orders.json"
        not_yet(command=f"python3 {name} FILE", expected="its totals", got=last, where=where, means=means, look=look)
    return result


def explained(repo, stderr, name):
    """The error's last line, its place in the learner's files, and what it means where that is sure."""
    lines = stderr.strip().splitlines() or ["it ended with an error, without a word"]
    places = re.findall(r'File "[^"]*/([^/"]+)", line (\d+)', stderr)
    where = f"{places[-1][0]}, line {places[-1][1]}" if places else ""
    means = ""
    if uncommitted(repo):
        means = uncommitted(repo)
    elif "missing 1 required positional argument" in lines[-1] and name == "receipt.py":
        means = "`total` has a new parameter; git merged this file without a conflict, as no line was changed twice"
    elif "total() takes 1 positional argument" in lines[-1]:
        means = "this is Ben's `total` alone, which knows no delivery"
    return lines[-1][:200], where, means


def uncommitted(repo):
    """That the folder holds other programs than the newest commit, where it does."""
    waiting = [row[3:] for row in repo.dirty() if row[:2] != "??" and row.endswith(".py")]
    return (
        f"main's newest commit was run, and {', '.join(waiting[:3])} in your folder differs from it" if waiting else ""
    )

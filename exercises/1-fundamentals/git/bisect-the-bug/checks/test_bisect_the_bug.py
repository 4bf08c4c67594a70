"""The answer is compared with the commit that the setup chose; the fix is tried on main's newest commit."""

import json
import re

from runner.kit import not_yet

MAIN = "refs/heads/main"
HASH = re.compile(r"\b[0-9a-fA-F]{7,40}\b")


def test_names_the_commit(repo, given, work):
    """answer.txt names the commit that lost the limit"""
    expected = "the hash of the commit that lost the limit"
    text = answer(work, expected)
    named = HASH.findall(text.partition("\n")[0].lower())[:9]
    if not named:
        got = f'"{short(text)}"' if text else "an empty file"
        not_yet(
            expected=expected, got=f"{got}: no hash in its first line", where="answer.txt", look="cat ../answer.txt"
        )
    oid = next(filter(None, map(repo.oid, named)), None)
    if not oid:
        got = f"{named[0]}: no commit of that name, or more than one"
        not_yet(expected=expected, got=got, where="answer.txt", look=f"git show {named[0]}")
    if oid == given["oids"][given["culprit"]]:
        return
    commit = repo.commits("--no-walk", oid)[0]
    got, means = f"{commit}", ""
    if oid not in given["oids"]:
        not_yet(expected=expected, got=f"{got}, which is none of the 120", where="answer.txt", look="git log --oneline")
    at = given["oids"].index(oid)
    if given["broken"] <= at < given["mended"]:
        got += ": there fine.py does not run"
        means = "a program that does not run says nothing about the limit: neither good nor bad"
    elif at < given["culprit"]:
        got += ": there the limit still holds"
        if at == given["culprit"] - 1:
            means = "this is the last good commit; wanted is the first bad one"
    else:
        got += ": the limit is lost in the commit before it already"
        if at == given["decoy"]:
            means = "the last commit that touched a file need not be the one that broke it"
    not_yet(expected=expected, got=got, means=means, where="answer.txt", look=f"git show {oid[:7]}")


def test_history_stays(repo, given):
    """main still has all 120 commits"""
    if not repo.oid(MAIN):
        repo.settled()
    tip = given["oids"][-1]
    if repo.is_ancestor(tip, MAIN):
        return
    here = {each.oid: each.author_date for each in repo.commits(MAIN)}
    anew = {date for oid, date in here.items() if oid not in given["oids"]}
    gone = {each.author_date for each in repo.commits(tip, f"^{MAIN}")} if repo.read(tip) else set()
    means = "rewriting makes each later commit anew: whoever has fetched main now has other commits than you"
    if repo.oid(MAIN) in given["oids"]:
        means = "a reset takes away the fault, and with it the good commits that came after"
    elif not anew & gone:
        means = ""
    not_yet(
        expected=f"the commits up to {tip[:7]} in the history of main",
        got=f"{sum(oid not in here for oid in given['oids'])} of the 120 are not there",
        means=means,
        look="git reflog main   (where the branch has been)",
    )


def test_limit_is_back(repo, given, shell, rng):
    """no fine on main is above the limit, and the rest is as before"""
    repo.settled()
    rates = repo.text("HEAD", "rates.json")
    if parsed(rates) != given["rates"]:
        not_yet(
            expected=f"rates.json as it was: {json.dumps(given['rates'])}",
            got=" ".join(rates.split())[:80] if rates is not None else "no such file on main",
            look="git log -p -- rates.json",
        )
    if "fine.py" not in repo.files("HEAD"):
        not_yet(expected="fine.py on main", got="no such file in the newest commit", look="git log --stat -- fine.py")
    folder = repo.export("HEAD", shell.folder("library") / "repo")
    rates = {"free": rng.randrange(1, 9), "each": rng.randrange(31, 49, 2), "most": rng.randrange(90, 140) * 10}
    (folder / "rates.json").write_text(json.dumps(rates), encoding="utf-8")
    edge = rates["free"] + rates["most"] // rates["each"]
    days = [0, rates["free"], rates["free"] + 1, rng.randrange(rates["free"] + 2, edge), edge, edge + 1, 90, 400]
    result = shell.python(folder / "fine.py", *map(str, days))
    waiting = any(row.endswith(" fine.py") for row in repo.dirty())
    uncommitted = "main's newest commit was run, and fine.py in your folder differs from it" if waiting else ""
    lines = printed(result, f"python3 fine.py {' '.join(map(str, days))}", uncommitted)
    if len(lines) != len(days):
        got = f"{len(lines)} lines: {' / '.join(lines)[:100]}" if lines else "nothing printed"
        not_yet(expected=f"{len(days)} lines, a fine in each", got=got, means=uncommitted)
    for day, line in zip(days, lines, strict=True):
        if line != str(price(day, rates)):
            wrong(day, line, rates, given, uncommitted)
    lines = printed(shell.python(folder / "fine.py"), "python3 fine.py", uncommitted)
    absent = [day for day in given["closed"] if day not in " ".join(lines).split()]
    if absent:
        not_yet(
            expected=f"{absent[0]} among the days on which the library is closed",
            got=f"it is missing, as {len(absent) - 1} others" if absent[1:] else "it is missing",
            means="the commit that lost the limit did something useful, too; that is now taken back with it"
            if absent == [given["day"]]
            else uncommitted,
            look="git log -p v1.0.. -- fine.py",
        )


def printed(result, command, uncommitted):
    """The lines that the program printed; it must have ended well."""
    if result.code:
        last = (result.stderr.strip().splitlines() or ["it ended with an error, without a word"])[-1]
        not_yet(command=command, expected="a program that runs", got=last[:200], means=uncommitted)
    return result.stdout.splitlines()


def price(day, rates, *, limit=True, rounded=True):
    """What a book costs that is DAY days late, or would if the limit or the rounding were lost."""
    cents = max(0, day - rates["free"]) * rates["each"]
    cents = min(cents, rates["most"]) if limit else cents
    return cents - cents % 10 if rounded else cents


def wrong(day, line, rates, given, uncommitted):
    """Say what is amiss with the LINE printed for DAY."""
    most = rates["most"]
    means = uncommitted
    look = "git diff HEAD -- fine.py" if uncommitted else "git log -p v1.0.. -- fine.py"
    if not means and line == str(price(day, rates, rounded=False)):
        means = 'the rounding down to ten cents, "Round fines down to ten cents", is lost'
    elif not means and line == str(given["rates"]["most"]) and price(day, rates) > given["rates"]["most"]:
        means = "the limit is written into fine.py as a number; here rates.json says another"
    elif not means and line == str(price(day, rates, limit=False)):
        means = "the limit is still missing"
    not_yet(
        command=f"python3 fine.py {day}",
        expected=f"{price(day, rates)}, with free {rates['free']}, each {rates['each']}, most {most} in rates.json",
        got=short(line) or "an empty line",
        means=means,
        look=look,
    )


def answer(work, expected):
    """The text of answer.txt, without spaces around it."""
    file = work / "answer.txt"
    try:
        if not file.is_file():
            raise FileNotFoundError
        return file.read_bytes()[:4096].decode("utf-8", "replace").strip()
    except OSError:
        inside = (work / "repo" / "answer.txt").is_file()
        got = "there is none beside repo/; one lies in repo/" if inside else "no such file, or none that can be read"
        not_yet(expected=f"a file answer.txt with {expected}", got=got, look="ls -l ../answer.txt")


def parsed(text):
    try:
        return json.loads(text or "")
    except ValueError:
        return None


def short(text):
    first = text.partition("\n")[0]
    return first if len(first) <= 60 else f"{first[:59]}…"

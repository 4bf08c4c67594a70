"""Only the states of main, of the folder, of the index and of the stash count: whether a stash was used is free."""

import json

from runner.kit import not_yet

MAIN = "refs/heads/main"
RATES = {"books": 7, "food": 7, "other": 19}


def test_hotfix_on_main(repo, given):
    """main has the fix, and nothing else that is new"""
    repo.settled((repo.state.tip and repo.branch()) or "coupons")
    if not repo.oid(MAIN):
        not_yet(expected="a branch main", got="there is none", look="git branch --all")
    repo.keeps(given["main"], 'the commit "Add the rate for food"')
    new = repo.commits(f"{given['main']}..{MAIN}")
    if not new:
        nowhere(repo, given)
    strange = sorted({path for each in new for path in repo.changed(each.oid)} - {"rates.json"})
    if strange:
        if repo.is_ancestor(given["coupons"], MAIN):
            means = "main has the branch's own commit now, though the branch is not ready"
        elif strange == ["coupons.py"]:
            means = "a plain stash leaves an untracked file in the folder, and `git add .` takes it along"
        else:
            means = "your half-done work is in the fix: whoever deploys main deploys it too"
        got = f"{', '.join(strange[:4])} as well"
        known = set(strange) <= {*given["files"]}
        not_yet(
            expected="rates.json changed on main, no other file",
            got=got,
            means=means if known else "",
            look=f"git log --stat {given['main'][:7]}..main",
        )
    text = repo.text(MAIN, "rates.json")
    rates = parsed(text)
    if rates != RATES:
        got = "no such file" if text is None else f"no JSON: {text[:60]!r}" if rates is None else json.dumps(rates)
        not_yet(expected=f"rates.json as {json.dumps(RATES)}", got=got[:160], look="git show main:rates.json")


def nowhere(repo, given):
    """Say where the fix is, when it is not on main."""
    for branch in repo.branches():
        found = repo.commits(f"refs/heads/{branch}", f"^{given['coupons']}", f"^{given['main']}")
        if any("rates.json" in repo.changed(each.oid) for each in found):
            means = "a commit goes to the branch that you are on" if branch == "coupons" else ""
            not_yet(
                expected="a new commit on main",
                got=f"the fix is on the branch {branch}, and main does not have it",
                means=means,
                look="git log --oneline --graph --all",
            )
    waiting = any(row[3:] == "rates.json" for row in repo.dirty())
    got = "none; rates.json is changed in the folder, on no branch" if waiting else "none"
    not_yet(expected="a new commit on main", got=got, look="git log --oneline main")


def test_work_is_back(repo, given):
    """you are on coupons, and its commits and your files are as you left them"""
    repo.settled("coupons")
    if repo.state.tip != given["coupons"]:
        repo.keeps(given["coupons"], 'your commit "Take a coupon off the total"', "coupons")
        new = repo.commits(f"{given['coupons']}..HEAD")
        names = " and ".join(f'"{each.subject[:50]}"' for each in new[:2])
        not_yet(expected="no new commit on coupons", got=f"{len(new)} new: {names}", look="git log --oneline coupons")
    for path, text in given["files"].items():
        now = content(repo, path)
        if now != text:
            changed(repo, given, path, now)
    other = [row[3:] for row in repo.dirty() if row[:2] != "??" and row[3:] not in given["files"]]
    if other:
        got = f"{', '.join(other[:3])} changed, too"
        not_yet(expected="changes to cart.py, page.html and coupons.py only", got=got, look="git status; git diff HEAD")


def changed(repo, given, path, now):
    """Say what became of PATH in the folder."""
    text = given["files"][path]
    got, means, look = "another text than before", "", f"git diff HEAD -- {path}"
    if now is None:
        got, look = f"{path} is not in the folder", "git status"
    elif now == given["committed"].get(path):
        got, look = f"{path} is as committed: your change is gone", "git status"
    elif path == "cart.py" and now == given["staged"]:
        got = "cart.py has its staged part; the line that you had not staged is gone"
    if repo.oid("refs/stash"):
        got, look = f"{got}; the stash holds something", "git stash list; git stash show -p --include-untracked"
    elif holder := next((each for each in repo.branches() if repo.text(f"refs/heads/{each}", path) == text), None):
        got = f"{got}; the branch {holder} holds it"
    elif now is None or now == given["committed"].get(path):
        means = "it is on no branch and in no stash; `learn reset` lays out everything again"
    not_yet(expected=f"{path} in the folder, byte for byte as before", got=got, means=means, look=look)


def test_staged_as_before(repo, given):
    """what was staged is staged, and nothing more"""
    rows = repo.dirty()
    index = repo.text("", "cart.py")  # `:cart.py` is the file in the index
    if index == given["staged"] and " M page.html" in rows and "?? coupons.py" in rows:
        return
    got, means = "another text of cart.py is staged", ""
    more = [row[3:] for row in rows if row[0] not in " ?" and row[3:] != "cart.py"]
    if index is None:
        got = "cart.py is not in the index: its deletion is staged"
    elif more:
        got = f"{', '.join(more[:3])} staged as well"
    elif index == given["files"]["cart.py"]:
        got = "all of cart.py staged, also the line that was not"
    elif index == given["committed"]["cart.py"]:
        got = "nothing of cart.py staged"
        means = "`git stash pop` without --index unstages all, as does a plain reset; stage that part again, by hunk"
    elif index == given["staged"]:
        got = f"git does not see {'page.html as changed' if '?? coupons.py' in rows else 'coupons.py as untracked'}"
    not_yet(
        expected="may_use_coupon staged in cart.py, and no more than that",
        got=got,
        means=means,
        look="git diff --staged; git status",
    )


def test_stash_is_empty(repo, given):
    """no entry is left in the stash"""
    refs = repo.run("for-each-ref", "--format=%(refname)").split()
    if MAIN not in refs:  # the list names what must be there, so it would name the stash too
        not_yet(expected="a branch main", got="there is none", look="git branch --all")
    if "refs/stash" not in refs:
        return
    entries = len(repo.reflog("refs/stash")) or 1
    same = repo.text("refs/stash", "cart.py") == given["files"]["cart.py"]
    not_yet(
        expected="an empty stash",
        got=f"{entries} {'entry' if entries == 1 else 'entries'}",
        means="its work is back in the folder, so in a month nobody knows what the entry is for" if same else "",
        look="git stash list",
    )


def content(repo, path):
    """The text of PATH in the learner's folder; None where there is no such file."""
    try:
        return (repo.path / path).read_bytes().decode("utf-8", "backslashreplace")
    except OSError:
        return None


def parsed(text):
    """TEXT as JSON; None where it is none."""
    try:
        return json.loads(text or "")
    except (ValueError, RecursionError):
        return None

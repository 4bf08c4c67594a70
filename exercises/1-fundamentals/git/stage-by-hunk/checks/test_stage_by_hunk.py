"""What the newest commit holds of the file is compared with the fix alone, and the folder with what it was."""

from itertools import zip_longest

from runner.kit import not_yet

PATH = "parcels.py"
IMPORT = "import math"
CALL = "    return math.ceil(grams / 1000)"


def test_one_new_commit(repo, given):
    """main has its old commit and one new one on top"""
    elsewhere(repo, given)
    repo.settled()
    amended = any(each.author_date == given["date"] and each.oid != given["base"] for each in repo.commits("HEAD"))
    means = "amending (or a rebase) does not change a commit: it puts another in its place" if amended else ""
    repo.keeps(given["base"], 'the commit "Work out what a parcel costs"', means=means)
    new = repo.commits(f"{given['base']}..HEAD")
    if len(new) == 1:
        return
    names = ", ".join(f'"{short(each.subject)}"' for each in new[:4])
    means, look = "", "git log --oneline"
    if not new:
        look = "git status"
        if not any(row[3:] == PATH for row in repo.dirty()):
            means = stashed(repo, given)
            look = "git stash list" if means else "learn reset   (keeps what you have, under .learn/)"
            not_yet(expected="1 new commit on main", got=f"none, and no change in {PATH}", means=means, look=look)
        if staged(repo):
            means = "what is staged waits in the index; `git commit` makes the commit"
    elif any(holds_debug(repo, each.oid, given) for each in new) and not holds_debug(repo, "HEAD", given):
        means = "a later commit took the debug lines out again, and the history still has them"
    elif holds_debug(repo, "HEAD", given):
        means = "the debug lines got a commit too; they were to stay out of the history"
    got = f"{len(new)}: {names}{' ...' if len(new) > 4 else ''}" if new else "no new commit"
    not_yet(expected="1 new commit on main", got=got, means=means, look=look)


def test_holds_the_fix(repo, given):
    """the new commit holds both lines of the fix, as they lay there"""
    text = repo.text("HEAD", PATH)
    if text is None:
        not_yet(expected=f"{PATH} with the fix", got=f"no {PATH} in the new commit", look="git show --stat")
    if text == given["before"]:
        not_yet(expected="a commit with the fix", got=f"{PATH} is as it was before", look="git show; git status")
    have = [line for line in text.splitlines() if line not in given["debug"]]
    want = given["fixed"].splitlines()
    if have == want:
        return
    lost = [line for line in (IMPORT, CALL) if line not in have]
    if lost:
        means = ""
        if lost == [IMPORT]:
            means = "the two lines are one fix: without the import, the other one stops with a NameError"
        elif lost == [CALL]:
            means = "the two lines are one fix: the import alone still rounds down"
        not_yet(
            expected=f"`{IMPORT}` and `{CALL.strip()}` in the new commit",
            got=f"no line `{lost[0].strip()}` in it",
            means=means,
            look="git show",
        )
    got, line = next(pair for pair in zip_longest(have, want) if pair[0] != pair[1])
    not_yet(
        expected=shown(line),
        got=shown(got),
        where=f"{PATH} in the new commit",
        look="git show",
    )


def test_holds_nothing_more(repo, given):
    """the new commit holds no debug line and changes no other file"""
    text = repo.text("HEAD", PATH) or ""
    found = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line in given["debug"]]
    if found:
        means = ""
        if text == given["found"]:
            means = "the whole file went in: `git add FILE`, `git commit -a` and `git commit FILE` take all its changes"
        elif [line for _, line in found] == given["debug"][:1]:
            means = "that line was shown in one hunk with the fix; such a hunk can be split, or edited"
        not_yet(
            expected="only the fix in the new commit",
            got=" and ".join(f"`{line.strip()}`" for _, line in found),
            where=f"{PATH} in the new commit, line {found[0][0]}",
            means=means,
            look="git show",
        )
    others = [path for path in repo.changed("HEAD") if path != PATH]
    if others:
        got = f"it also changes {', '.join(others[:4])}"
        not_yet(expected=f"a commit that changes {PATH} alone", got=got, look="git show --stat")
    if text != given["fixed"]:
        same = text.split() == given["fixed"].split()
        got = "the right lines, with other spaces or line ends" if same else "another content"
        not_yet(expected=f"{PATH} with the fix, otherwise as before", got=got, look="git show | cat -A")


def test_debug_stays(repo, given, work):
    """both debug lines are in your folder, as you found it, and not staged"""
    file, means = work / "repo" / PATH, stashed(repo, given)
    look = "git stash list" if means else "git diff"
    try:
        text = file.read_bytes().decode("utf-8", "backslashreplace") if file.is_file() else None
    except OSError:
        text = None
    if text is None:
        not_yet(expected=f"{PATH} in your folder", got="no such file that can be read", means=means, look=look)
    lost = [line.strip() for line in given["debug"] if line not in text.splitlines()]
    if lost:
        near = next((line for line in text.splitlines() if line.strip() == lost[0]), None)
        if near is not None:
            wanted = next(line for line in given["debug"] if line.strip() == lost[0])
            not_yet(
                expected=f"{wanted!r} in {PATH} in your folder",
                got=f"{near!r}",
                means="the spaces at its beginning are not as you found them",
                look="git diff",
            )
        if not means and text == given["fixed"]:
            means = "nothing has to leave the folder: the index can hold the fix alone while the file has both"
        not_yet(
            expected=f"`{lost[0]}` in {PATH} in your folder",
            got="it has no such line" if len(lost) == 1 else "it has neither of the debug lines",
            means=means,
            look=look,
        )
    if text != given["found"]:
        pairs = zip_longest(text.split("\n"), given["found"].split("\n"))
        number, got, line = next((number, *pair) for number, pair in enumerate(pairs, 1) if pair[0] != pair[1])
        not_yet(
            expected=shown(line),
            got=shown(got),
            where=f"{PATH} in your folder, line {number}",
            look="git diff",
        )
    if staged(repo):
        not_yet(
            expected="nothing staged",
            got=f"{', '.join(staged(repo)[:3])} is staged",
            means="the next `git commit` takes what is staged",
            look="git diff --staged",
        )


def elsewhere(repo, given):
    """A commit beside main: `git switch main` would be refused, as the folder still has changes."""
    at_rest = not repo.operation() and not repo.state.in_conflict
    if repo.branch() == "main" or not at_rest or repo.state.tip in (None, given["base"]):
        return
    if repo.oid("refs/heads/main") == given["base"] and repo.is_ancestor(given["base"], "HEAD"):
        not_yet(
            expected="1 new commit on main",
            got=f"it is on {repo.branch() or 'no branch (HEAD is detached)'}, and main is as it was",
            look="git branch --force main HEAD; git switch main   (brings main here)",
        )


def staged(repo):
    return [row[3:] for row in repo.dirty() if row[0] not in " ?!"]


def holds_debug(repo, rev, given):
    return any(line in given["debug"] for line in (repo.text(rev, PATH) or "").splitlines())


def stashed(repo, given):
    """Where the debug lines are, if they are in the stash."""
    if repo.oid("refs/stash") and holds_debug(repo, "refs/stash", given):
        return "they are in the stash: `git stash` takes changes out of the folder"
    return ""


def shown(line):
    """A LINE of a file for a row of the message."""
    if line is None:
        return "the end of the file"
    return repr(short(line)) if line.strip() else "an empty line" if not line else "a line of spaces"


def short(text):
    return text if len(text) <= 60 else f"{text[:59]}…"

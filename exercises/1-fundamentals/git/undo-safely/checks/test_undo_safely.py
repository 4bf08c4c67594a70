"""The tree of main is compared with the one before, less the bad commit; how it came about is free, if not forced."""

from itertools import pairwise

import pytest

from runner.kit import not_yet
from runner.kit.git import Repo

MAIN = "refs/heads/main"


@pytest.fixture(scope="session")
def upstream(work):
    return Repo(work / "upstream.git")


def test_history_stays(repo, upstream, given):
    """no pushed commit is gone, from your main or upstream's"""
    record = upstream.reflog(MAIN)
    if record[:1] != [given["tip"]]:
        not_yet(
            expected="a record of all pushes to upstream's main",
            got="a record that begins later: the branch was deleted, or its record was",
            look="learn reset   (keeps what you have, under .learn/)",
        )
    for old, new in pairwise(record):
        lost = [] if upstream.is_ancestor(old, new) else upstream.commits(old, f"^{new}")
        if lost:
            back = upstream.is_ancestor(old, MAIN)
            means = "it is back by now, but until then whoever fetched had a main without it" if back else ""
            not_yet(
                expected="every push adds commits to upstream's main",
                got=f"a forced push from {old[:7]} to {new[:7]} took out {len(lost)}, among them {lost[0]}",
                means=means or "your colleagues still have these commits; one push of theirs brings them back",
                look="git -C ../upstream.git reflog main   (learn reset clears it)",
            )
    if not repo.oid(MAIN):
        repo.settled()
    repo.keeps(
        given["tip"],
        f'the pushed commit "{given["subjects"]["later"][-1]}"',
        means="upstream still has it: a plain push of such a main is refused, a forced one takes it from the others",
    )


def test_file_restored(repo, given):
    """limits.json is as committed"""
    text = content(repo, "limits.json")
    waiting = [row for row in repo.dirty() if row[3:] == "limits.json"]
    if text == given["limits"] and not waiting:
        return
    got, means = "the file as committed, but another one is staged", ""
    look = "git status; git diff HEAD -- limits.json"
    if text is None:
        got = "no such file"
    elif text != given["limits"]:
        got = f"another text, of {len(text.splitlines())} lines"
        if text == repo.text("HEAD", "limits.json"):
            got += ", and it is committed"
            means = f"you committed it with the lines lost; {given['tip'][:7]} still has the file whole"
            look = f"git diff {given['tip'][:7]} HEAD -- limits.json"
    lines = len(given["limits"].splitlines())
    not_yet(
        expected=f"limits.json as you found it committed, with its {lines} lines",
        got=got,
        means=means,
        look=look,
    )


def test_changes_kept(repo, given):
    """your changes to labels.py and notes.md are in the folder, and not staged"""
    for path, text in given["changed"].items():
        now = content(repo, path)
        if now != text:
            changed(repo, path, now, given["committed"][path])
        staged = [row[0] for row in repo.dirty() if row[3:] == path and row[0] not in " ?"]
        if staged:
            deleted = staged[0] == "D"
            not_yet(
                expected=f"nothing of {path} staged",
                got="its deletion is staged" if deleted else "it is staged: the next commit takes it",
                means="the next commit would delete the file, for everybody who pulls" if deleted else "",
                look="git status",
            )
        if f" M {path}" not in repo.dirty():
            holders = [each for each in repo.commits(f"{given['tip']}..HEAD") if path in repo.changed(each.oid)]
            got = f"it is committed, in {holders[0]}" if holders else "git sees no change in it"
            means = "unfinished work is in the history now, and a push gives it to everybody" if holders else ""
            not_yet(
                expected=f"a change to {path} that waits in the folder", got=got, means=means, look="git log --stat"
            )


def changed(repo, path, now, committed):
    """Say where the learner's change to PATH went."""
    got, means, look = "another text than before", "", f"git diff HEAD -- {path}"
    if now is None:
        got, look = "no such file", "git status"
    elif now == committed and repo.oid("refs/stash"):
        got, look = f"{path} as committed, and something in the stash", "git stash list; git stash show -p"
    elif now == committed:
        got = f"{path} as committed: your change is gone"
        means = "the committed file was written over it, and what was never committed is in no history"
        look = "learn reset   (lays out everything again)"
    not_yet(expected=f"{path} in your folder, with your change", got=got, means=means, look=look)


def test_commit_undone(repo, given):
    """main has "Round weights up to whole kilos" undone, and nothing else"""
    repo.settled()
    now, trees = repo.files("HEAD"), given["trees"]
    if now == trees["undone"]:
        return
    bad, later = given["subjects"]["bad"], given["subjects"]["later"]
    new = repo.commits(f"{given['tip']}..HEAD")
    got, means, look = diagnosis(now, new, given["without"], trees, later)
    if not got:
        strange = [path for path in sorted(now.keys() | trees["tip"].keys()) if now.get(path) != trees["tip"].get(path)]
        more = [path for path in strange if path != "shipping.py"]
        got = f"a change to {', '.join(more[:3])} as well" if more else "shipping.py is still another than without it"
        look = "git log --stat" if more else f"git diff {given['bad'][:7]}~1 HEAD -- shipping.py"
    not_yet(expected=f'"{bad}" ({given["bad"][:7]}) undone, all else as it was', got=got, means=means, look=look)


def diagnosis(now, new, without, trees, later):
    """What the tree NOW is, where it is a known one: got, means, look."""
    log = "git log --oneline"
    wrong = [subject for subject, files in without.items() if files == now]
    if not new:
        return "no new commit on main", "", log
    if now == trees["tip"]:
        return f"{'a new commit' if len(new) == 1 else 'new commits'}, and the files as before", "", "git log --stat"
    if wrong:
        newest = wrong[0] == later[-1]
        means = "the newest commit is undone; `git revert` takes any commit, by its hash" if newest else ""
        return f'"{wrong[0]}" is undone instead', means, log
    if now == trees["before"]:
        names = " and ".join(f'"{each}"' for each in later)
        return (
            f"undone with it: {names}",
            "this is the state before the bad commit, without the good work that came after it",
            "git log --stat",
        )
    if now == {**trees["tip"], "shipping.py": trees["before"]["shipping.py"]}:
        means = "an old copy of a file takes back everything since then, not one commit alone"
        return f'undone with it: "{later[0]}", in the same file', means, "git log -p -- shipping.py"
    return "", "", ""


def test_pushed(repo, upstream):
    """upstream's main is at your newest commit"""
    mine, theirs = repo.oid(MAIN), upstream.oid(MAIN)
    if mine == theirs:
        return
    not_yet(
        expected=f"upstream's main at {(mine or '')[:7]}, as yours",
        got=f"it is at {theirs[:7]}" if theirs else "it has no main",
        look="git fetch; git status -sb",
    )


def content(repo, path):
    """The text of PATH in the learner's folder; None where there is no such file."""
    try:
        return (repo.path / path).read_bytes().decode("utf-8", "backslashreplace")
    except OSError:
        return None

"""The new commits are told apart by the paths that each changes; their order and wording are free."""

import functools

from runner.kit import not_yet

FIX = {"discount.py", "test_discount.py"}
DOCS = {"README.md"}
MAIN = "refs/heads/main"
MOST = 72


def test_base_is_untouched(repo, given):
    """the commits that were there before are still on main, unchanged"""
    if not repo.oid(MAIN):
        repo.settled()
    amended = any(each.author_date == given["date"] and each.oid != given["base"] for each in repo.commits(MAIN))
    means = "amending (or a rebase) does not change a commit: it puts another in its place" if amended else ""
    repo.keeps(given["base"], 'the commit "Add prices for members"', means=means)


def test_two_new_commits(repo, given):
    """there are exactly two new commits"""
    repo.settled()
    new = added(repo, given["base"])
    if len(new) == 2:
        return
    if not new:
        nothing_new(repo, given)
    means = ""
    touched = [set(repo.changed(each.oid)) for each in new]
    if len(new) == 1 and touched[0] >= FIX | DOCS:
        means = "in one commit for two things, nobody can take back one and keep the other"
    elif len(new) > 2 and set().union(*touched) >= FIX and not any(paths >= FIX for paths in touched):
        means = "a fix and its test are one thing: with the one commit comes the proof that it works"
    not_yet(expected="2 new commits on main", got=listed(new), means=means, look="git log --stat")


def test_one_subject_each(repo, given):
    """one holds the fix and its test, the other the README, and nothing else"""
    new = added(repo, given["base"])
    touched = [set(repo.changed(each.oid)) for each in new]
    if sorted(touched, key=len) == [DOCS, FIX]:
        return
    everything = set().union(*touched)
    means = ""
    if ".env" in everything:
        means = "a key in a commit stays in the history, also when a later commit deletes the file"
    elif any(path.endswith(".pyc") for path in everything):
        means = "what a program makes anew by itself is no part of a change"
    elif "discount.py" in everything and "?? test_discount.py" in repo.dirty():
        means = "git does not track the new file yet, and `git commit -a` takes tracked files only"
    elif any(paths & FIX and paths & DOCS for paths in touched) and all(len(each.parents) == 1 for each in new):
        means = "the fix and the README are in one commit: nobody can take back one and keep the other"
    got = "; ".join(
        f'"{short(each.subject)}": {", ".join(sorted(paths)[:5]) or "no file"}'
        for each, paths in zip(new, touched, strict=True)
    )
    not_yet(
        expected="discount.py and test_discount.py in one, README.md in the other",
        got=got,
        means=means,
        look="git log --stat",
    )


def test_nothing_left_over(repo, given, work):
    """all three changes are committed, and .env is still on your disk"""
    waiting = [row[3:] for row in repo.dirty() if not row.startswith("??")]
    if waiting:
        got = f"{', '.join(waiting[:3])} differs from the newest commit"
        not_yet(expected="all of your changes in a commit", got=got, look="git diff HEAD")
    files = repo.files("HEAD")
    for path, blob in given["changed"].items():
        if files.get(path) != blob:
            got = f"{path} was changed further, or its change was taken back"
            not_yet(expected="the three files as they lay there", got=got, look=f"git log -p -- {path}")
    if not (work / "repo" / ".env").is_file():
        means = "a commit had it; when git goes back to one that has not, the file leaves the folder"
        held = bool(holding(repo, ".env"))
        not_yet(
            expected="repo/.env on your disk",
            got="no such file",
            means=means if held else "",
            look="git log --walk-reflogs --oneline -- .env   (then: git show HASH:.env)" if held else "ls -a",
        )


def test_short_subjects(repo, given):
    """each subject has 1 to 72 characters"""
    for each in added(repo, given["base"]):
        if 1 <= len(each.subject) <= MOST:
            continue
        first = each.message.partition("\n")[0]
        means = ""
        if each.subject and len(first) <= MOST:
            means = "no empty line follows the first one, so git takes the whole paragraph for the subject"
        got = f'{len(each.subject)} characters: "{short(each.subject)}"' if each.subject else "no message at all"
        not_yet(expected=f"a subject of 1 to {MOST} characters", got=got, means=means, look="git log --oneline")


@functools.cache
def added(repo, base):
    """The commits after BASE, newest first."""
    return repo.commits(f"{base}..HEAD")


def nothing_new(repo, given):
    """Say where the work is, when main has no new commit."""
    expected, got, means = "2 new commits on main", "no new commit", ""
    for branch in repo.branches():
        there = repo.commits(f"refs/heads/{branch}", f"^{given['base']}")
        if there:
            not_yet(
                expected=expected,
                got=f"{got} there; the branch {branch} has {len(there)}",
                means="a commit goes to the branch that you are on; main gets it by a merge",
                look=f"git log --oneline main..{branch}",
            )
    if {row[3:] for row in repo.dirty()} & {*given["changed"]}:
        not_yet(expected=expected, got=got, look="git status")
    look = "learn reset   (keeps what you have, under .learn/)"
    if any(holding(repo, path, blob) for path, blob in given["changed"].items()):
        means = "a commit had them; `git reset --hard` took it off main, and its changes out of the folder"
        look = "git reflog   (the commit is still there)"
    elif repo.oid("refs/stash"):
        look = "git stash list"
    not_yet(expected=expected, got=f"{got}, and none of your changes in the folder", means=means, look=look)


def holding(repo, path, blob=None):
    """The commits that HEAD has been on which have PATH, with the content BLOB where one is given."""
    files = ((oid, repo.files(oid).get(path)) for oid in repo.reflog("HEAD"))
    return [oid for oid, found in files if found and blob in (None, found)]


def listed(commits):
    names = ", ".join(f'"{short(each.subject)}"' for each in commits[:4])
    return f"{len(commits)}: {names}{' ...' if len(commits) > 4 else ''}"


def short(text):
    return text if len(text) <= 50 else f"{text[:49]}…"

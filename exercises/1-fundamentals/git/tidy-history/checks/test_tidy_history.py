"""The four commits are compared by subject, files and author, never by hash: any way of rewriting will do."""

import functools

from runner.kit import not_yet

LOG = "git log --oneline --stat --reverse main..export"


def test_begins_at_main(repo, given):
    """export begins at main, and main is as it was"""
    main = repo.oid("refs/heads/main")
    if main != given["base"]:
        merged = main == repo.oid("refs/heads/export")
        not_yet(
            expected=f"main at {given['base'][:7]}",
            got=f"main at {main[:7]}" if main else "no branch main",
            means="main was moved to export; the task is to rewrite the branch, not to merge it" if merged else "",
            look="git reflog main   (where it has been)" if main else "git branch --all -vv",
        )
    repo.keeps(given["base"], 'the commit "Read the orders"', "export")


def test_four_commits(repo, given):
    """export has the four commits, in this order"""
    repo.settled("export")
    new = added(repo, given["base"])
    wanted = [each["subject"] for each in given["commits"]]
    subjects = [each.subject for each in new]
    if subjects == wanted and not any(each.parents[1:] for each in new):
        return
    merge = next((each for each in new if each.parents[1:]), None)
    if merge:
        not_yet(expected="four commits in one line", got=f"a merge among them: {merge}", look="git log --graph main..")
    at = next((n for n, pair in enumerate(zip(subjects, wanted, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(subjects), len(wanted)) if at is None else at
    expected = f'number {at + 1} is "{wanted[at]}"' if at < len(wanted) else "no further one after them"
    got = f'number {at + 1} is "{short(subjects[at])}"' if at < len(subjects) else f"there is no number {at + 1}"
    not_yet(
        expected=f"4 commits after main; {expected}",
        got=f"{len(subjects)} after main; {got}",
        means=amiss(repo, new, wanted),
        look="git log --oneline --reverse main..export",
    )


def test_same_files(repo, given):
    """the files are as before, without the debugging line"""
    wanted, found = given["commits"][-1]["files"], repo.files("HEAD")
    for path in sorted({*wanted, *found}, key=lambda path: (path not in wanted, path)):
        if found.get(path) == wanted.get(path):
            continue
        state = given["told"].get(found.get(path), "another content") if path in found else "no such file"
        means = ""
        if state == "without the change of its fixup":
            means = "what a dropped fixup did is lost; folded into its commit, it stays"
        elif state == "as it was before the commit":
            means = "the commit has its name, and what it did is lost"
        got = f"{path} {state}" if path in wanted and path in found else f"{path}: {state}"
        not_yet(
            expected=f"{path} as it was, without the debugging line" if path in wanted else f"no file {path}",
            got=got,
            means=means,
            look=f"git log -p --format='%h %s' main..export -- {path}",
        )


def test_each_its_own(repo, given):
    """each commit holds its own change and its fixup's"""
    new = added(repo, given["base"])
    before = repo.files(given["base"])
    for commit, wanted in zip(new, given["commits"], strict=True):
        found = repo.files(commit.oid)
        own = [path for path, blob in wanted["files"].items() if before.get(path) != blob]
        paths = sorted({*wanted["files"], *found}, key=lambda path: (path not in own, path))
        for path in paths:
            if found.get(path) != wanted["files"].get(path):
                told(repo, given, new, commit, path, found.get(path), path in own)
        before = wanted["files"]


def test_authors_kept(repo, given):
    """each commit keeps its author and author date"""
    for commit, wanted in zip(added(repo, given["base"]), given["commits"], strict=True):
        if (commit.author, commit.author_date) == (wanted["author"], wanted["date"]):
            continue
        other = commit.author != wanted["author"]
        means = ""
        if commit.author.startswith("Sam Learner") and commit.author_date > wanted["date"] + 30 * 86400:
            means = "this commit was made anew, by you and today; a rebase, or a plain `--amend`, keeps who and when"
        not_yet(
            expected=f'"{wanted["subject"]}" by {wanted["author"] if other else "its author, with the date it had"}',
            got=f"by {commit.author}" if other else "the author is the same, the author date is another",
            means=means,
            look="git log --reverse --format='%h %an, %ad: %s' main..export",
        )


@functools.cache
def added(repo, base):
    """The commits of export after BASE, oldest first."""
    return repo.commits(f"{base}..HEAD")[::-1]


def amiss(repo, new, wanted):
    """What the subjects show for sure."""
    subjects = [each.subject for each in new]
    if len(new) == 7:  # nothing was folded yet
        return ""
    if len(new) == 1 and len(repo.changed(new[0].oid)) == 4:
        return "in one commit of everything the four steps and their authors are lost"
    if any(each.startswith("Revert") for each in subjects):
        return "a revert keeps the commit and adds one that undoes it: readers then meet both"
    if sorted(subjects) == sorted(wanted):
        return "the right four, in another order"
    if any(each.startswith("fixup!") for each in subjects):
        return "a `fixup!` in the subject is a note only: folding is done by a rebase that is told to"
    return ""


def told(repo, given, new, commit, path, blob, own):
    """Say what is amiss with PATH in COMMIT."""
    state = given["told"].get(blob, "with another content" if blob else "not there")
    final = given["commits"][-1]["files"].get(path)
    means = ""
    if own and state == "without the change of its fixup":
        later = next((each for each in new if repo.files(each.oid).get(path) == final), None)
        if later:
            means = f'its fixup went into "{later.subject}": a rebase folds it into the line right above'
    not_yet(
        expected=f'{path} in "{commit.subject}" {"with its whole change" if own else "as in the commit before"}',
        got=f"{path} there is {state}" if blob else f"no {path} in that commit",
        means=means,
        look=LOG,
    )


def short(text):
    return text if len(text) <= 50 else f"{text[:49]}…"

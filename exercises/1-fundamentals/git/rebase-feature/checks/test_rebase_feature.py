"""No hash of the replayed commits is known: each is told by the lines that it adds and removes, in every file but
CHANGES.md, whose conflict the learner resolves; what came of that is read in the branch's newest tree."""

from collections import Counter

from runner.kit import not_yet

MAIN = "refs/heads/main"
BRANCH = "refs/heads/vouchers"
SHARED = "CHANGES.md"
GRAPH = "git log --oneline --graph --all"


def test_main_stays(repo, given):
    """main is where it was"""
    now = repo.oid(MAIN)
    if now == given["main"]:
        return
    expected = f"main at {given['main'][:7]}"
    if not now:
        not_yet(expected=expected, got="no branch main", look="git branch --all -vv")
    if not repo.is_ancestor(given["main"], MAIN):
        around = repo.is_ancestor(given["old"], MAIN)
        means = "the wrong way round: `git rebase X` replays the branch that you are on, here main" if around else ""
        got = f"at {now[:7]}, made anew on top of vouchers" if around else f"at {now[:7]}, without that commit"
        not_yet(expected=expected, got=got, means=means, look="git reflog main   (where it has been)")
    new = repo.commits(f"{given['main']}..{MAIN}")
    not_yet(expected=expected, got=f"{counted(new)} more on main, the newest {new[0]}", look=GRAPH)


def test_line_on_main(repo, given):
    """vouchers is one straight line of commits on top of main"""
    repo.settled("main" if repo.branch() == "main" else "vouchers")
    now = repo.oid(BRANCH)
    if not now:
        names = ", ".join(repo.branches()[:5])
        not_yet(expected="a branch vouchers", got=f"none of that name; there is: {names}", look="git branch --all -vv")
    expected = f"vouchers starts at main's newest commit ({given['main'][:7]})"
    new = repo.commits(f"{given['main']}..{BRANCH}")
    merges = [each for each in new if each.parents[1:]]
    if merges:
        not_yet(
            expected="a straight line, no merge commit",
            got=f"{merges[0]}, with {len(merges[0].parents)} parents",
            means="a merge joins the two lines and leaves your commits where they were",
            look="git log --oneline --graph vouchers",
        )
    if not repo.is_ancestor(given["main"], BRANCH):
        start = repo.oid(repo.ask("merge-base", MAIN, BRANCH) or "")
        before = repo.commits(start, "-1")[0] if start else None
        got = f"it starts at {before}" if before else "it has no commit in common with main"
        means = "that is where main was before Ana's commits" if start == given["base"] and now != given["old"] else ""
        not_yet(expected=expected, got=got, means=means, look=GRAPH)


def test_commits_survive(repo, given):
    """your three commits are there, in order, each with its author and date"""
    old = [Known(each) for each in given["commits"]]
    new = repo.commits(f"{given['main']}..{BRANCH}")[::-1]
    done = [deeds(repo, each.oid) for each in new]
    if done == [each.deeds for each in old]:
        for known, each in zip(old, new, strict=True):
            signed(given, known, each)
        return
    expected = "on top of main: " + ", ".join(f'"{each.subject}"' for each in old)
    got, means = listed(new), ""
    look = f"git range-diff {given['main'][:7]} {given['old'][:7]} vouchers"
    missing = [each for each in old if each.deeds not in done]
    if any("delivery.py" in each for each in done) and repo.text(BRANCH, "delivery.py") == given["delivery"]:
        got += "; delivery.py as before Ana's commits"
        means = "it takes back what Ana did: the branch was put on main, its changes were not replayed there"
        look = "git log -p main..vouchers"
    elif len(new) == 1 and total(done) == total([each.deeds for each in old]):
        means = "squashed into one, the three steps cannot be read, or taken back, one by one"
    elif new and missing and len(new) + len(missing) == len(old):
        names = " and ".join(f'"{each.subject}"' for each in missing)
        got = f"{names} {'is' if len(missing) == 1 else 'are'} missing"
        if missing == [old[1]]:
            means = "a commit that is skipped when the rebase stops is dropped from the branch"
        look = "git reflog vouchers   (your old commits are still there)"
    elif missing and len(new) == len(old):
        each = new[old.index(missing[0])]
        same = each.subject == missing[0].subject
        got = f"{each} changes other lines than before" if same else f'{each} where "{missing[0].subject}" was'
    elif not missing and len(new) == len(old):
        got = f"in another order: {listed(new).partition(': ')[2]}"
    not_yet(expected=expected, got=got, means=means, look=look)


def test_both_changes(repo, given):
    """the files on vouchers have main's changes and yours, CHANGES.md both lines"""
    marked = repo.marked(BRANCH)
    if marked:
        not_yet(
            expected="no line with <<<<<<<, ======= or >>>>>>>",
            got=", ".join(marked[:4]),
            means="`git add` takes a file as resolved without a look at what is in it",
            look="git show vouchers:CHANGES.md",
        )
    text = repo.text(BRANCH, SHARED)
    lines = Counter(line.strip() for line in (text or "").splitlines() if line.strip())
    wanted = Counter([*given["changes"], given["hers"], given["mine"]])
    if lines != wanted:
        missing, more = [*(wanted - lines)], [*(lines - wanted)]
        got = f"without {missing[0]!r}" if missing else f"with {more[0][:60]!r}, which is not one of them"
        if missing and more:
            got += f", with {more[0][:60]!r}"
        elif more and more[0] in wanted:
            got = f"{more[0]!r} is there more than once"
        means = ""
        if missing == [given["hers"]] and not more:
            means = "the replayed commit's side alone (`--theirs` in a rebase) takes Ana's line out again"
        elif missing == [given["mine"]] and not more:
            means = "main's side alone (`--ours` in a rebase) leaves your line out"
        got = got if text is not None else "no such file"
        expected = f"CHANGES.md with {given['hers']!r} and {given['mine']!r}"
        not_yet(expected=expected, got=got, means=means, look="git diff main vouchers -- CHANGES.md")
    files = {path: oid for path, oid in repo.files(BRANCH).items() if path != SHARED}
    wrong = [path for path in sorted(files.keys() | given["files"]) if files.get(path) != given["files"].get(path)]
    if wrong:
        got = f"{wrong[0]} is another" if wrong[0] in files and wrong[0] in given["files"] else f"{wrong[0]} is not"
        got = f"{wrong[0]} is one too many" if wrong[0] not in given["files"] else got
        not_yet(expected="all other files as main and your commits have them", got=got, look="git diff main vouchers")


class Known:
    """One of the three commits as it was before the rebase."""

    def __init__(self, commit):
        self.subject, self.author, self.date = commit["subject"], commit["author"], commit["date"]
        self.deeds = {path: difference(before, after) for path, (before, after) in commit["files"].items()}


def deeds(repo, oid):
    """The lines that the commit OID removes and adds, by path, CHANGES.md left out."""
    paths = [path for path in repo.changed(oid) if path != SHARED]
    return {path: difference(repo.text(f"{oid}~1", path), repo.text(oid, path)) for path in paths}


def difference(before, after):
    """The lines that are gone, and those that are new."""
    old, new = Counter((before or "").splitlines()), Counter((after or "").splitlines())
    return old - new, new - old


def total(done):
    """What several commits do together, as {path: lines more or less}."""
    found = {}
    for each in done:
        for path, (removed, added) in each.items():
            counter = found.setdefault(path, Counter())
            counter.update(added)
            counter.subtract(removed)
    return {path: {line: count for line, count in counter.items() if count} for path, counter in found.items()}


def signed(given, known, commit):
    """Demand that COMMIT has the subject, author and date of the one that it replaces."""
    if commit.author != known.author or commit.author_date != known.date:
        other = "with another date" if commit.author == known.author else f"by {commit.author}"
        not_yet(
            expected=f'"{known.subject}" by {known.author}, with its date',
            got=f"{commit} {other}",
            means="a rebase that goes on by --continue keeps who wrote a commit and when; a new commit does not",
            look=f"git range-diff {given['main'][:7]} {given['old'][:7]} vouchers",
        )
    if commit.subject != known.subject:
        look = "git log --oneline main..vouchers"
        not_yet(expected=f'the subject "{known.subject}"', got=f'"{commit.subject[:60]}"', look=look)


def counted(commits):
    return f"{len(commits)} {'commit' if len(commits) == 1 else 'commits'}"


def listed(commits):
    if not commits:
        return "no commit on top of main"
    names = ", ".join(f'"{each.subject[:40]}"' for each in commits[:4])
    return f"{counted(commits)}: {names}{' ...' if commits[4:] else ''}"

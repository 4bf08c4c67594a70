"""Commits are told by what they do (patch id), so a copy counts as the commit that it was made of."""

import functools

from runner.kit import not_yet
from runner.kit.git import Repo

MAIN, REMINDERS = "refs/heads/main", "refs/heads/reminders"
GRAPH = "git log --oneline --graph --all"


def test_both_on_reminders(repo, given):
    """reminders holds both commits, once each"""
    at_rest(repo)
    for commit in given["commits"]:
        found = doing(repo, REMINDERS, given["fork"], commit["patch"])
        if not found:
            missing(repo, given, commit)
        if len(found) > 1:
            not_yet(
                expected=f'"{commit["subject"]}" once on reminders',
                got=f"{len(found)} commits that do the same: {', '.join(each.oid[:7] for each in found)}",
                look="git log --oneline --graph reminders",
            )


def test_own_one_stays(repo, given):
    """reminders still holds the commit that it had"""
    both_there(repo)
    if not doing(repo, REMINDERS, given["fork"], given["own"]["patch"]):
        others = [each for each, _ in after(repo, REMINDERS, given["fork"]) if "loans.py" in repo.changed(each.oid)]
        means = "a branch name can be put anywhere; the commits that only it led to are then out of sight"
        not_yet(
            expected=f'"{given["own"]["subject"]}" on reminders',
            got=f"it is not there; {others[0]} does something else" if others else "it is not there any more",
            means="" if others else means,
            look="git reflog reminders   (where it has been)",
        )


def test_dates_kept(repo, given):
    """both keep their author and author date"""
    for commit in given["commits"]:
        for found in doing(repo, REMINDERS, given["fork"], commit["patch"]):
            if found.author != commit["author"]:
                not_yet(
                    expected=f'"{commit["subject"]}" by {commit["author"]}',
                    got=f"{found} by {found.author}",
                    look="git log --format='%h %an, %ad: %s' reminders",
                )
            if found.author_date != commit["date"]:
                anew = found.author_date > commit["date"] + 30 * 86400
                not_yet(
                    expected=f'"{commit["subject"]}" with the author date that it had on main',
                    got=f"{found} with another author date",
                    means="this is a new commit with the old content; a copy keeps when it was written" if anew else "",
                    look="git log --format='%h %an, %ad: %s' reminders",
                )


def test_main_as_upstream(repo, given, work):
    """main is upstream's main, which nobody has moved"""
    at_rest(repo)
    upstream, base, main = Repo(work / "upstream.git"), given["base"], repo.oid(MAIN)
    pushed = upstream.oid(MAIN)
    if pushed != base:
        sent = bool(pushed) and upstream.is_ancestor(base, pushed)
        not_yet(
            expected=f"upstream's main at {base[:7]}, as it was",
            got=f"it is at {pushed[:7]}" if pushed else "it is gone",
            means="a push gives the commits to everybody: main is then in step, in the wrong place" if sent else "",
            look="git -C ../upstream.git reflog main",
        )
    if main == base:
        return
    got, means, look = f"main is at {main[:7]}", "", GRAPH
    if repo.is_ancestor(main, base):
        lost = repo.commits(f"{main}..{base}")
        look = f"git log --oneline main..{base[:7]}"
        got = f"main lacks {', '.join(map(str, lost))}"
        means = "the reset went too far back: this commit is upstream's, and not one of your two"
    elif repo.is_ancestor(base, main):
        ahead = repo.commits(f"{base}..{main}")
        look = f"git log --oneline {base[:7]}..main"
        got = f"main has {len(ahead)} more: {', '.join(map(str, ahead[:3]))}{' ...' if ahead[3:] else ''}"
        if any(each.subject.startswith("Revert") for each in ahead):
            means = "a revert adds commits: the files are as upstream's, the history is not"
        elif all(doing(repo, MAIN, base, each["patch"]) for each in given["commits"]):
            means = "reminders has copies now; main still leads to the old ones"
    not_yet(expected=f"main at {base[:7]}, as upstream's main", got=got, means=means, look=look)


@functools.cache
def at_rest(repo):
    """Demand that nothing is half done and both branches are there."""
    repo.settled((repo.state.tip and repo.branch()) or "main")
    both_there(repo)


def both_there(repo):
    """Demand the two branches."""
    for name in ("main", "reminders"):
        if not repo.oid(f"refs/heads/{name}"):
            not_yet(expected=f"a branch {name}", got="there is none of that name", look="git branch --all -vv")


@functools.cache
def after(repo, branch, fork):
    """The commits of BRANCH after FORK, each with its patch id; a merge has none."""
    commits = repo.commits(branch, f"^{fork}")
    patches = repo.patch_ids(each.oid for each in commits)
    return [(each, patches.get(each.oid, "")) for each in commits]


def doing(repo, branch, fork, patch):
    """The commits of BRANCH that do what PATCH does."""
    return [each for each, does in after(repo, branch, fork) if does == patch]


def missing(repo, given, commit):
    """Say where COMMIT is instead."""
    expected = f'"{commit["subject"]}" on reminders'
    look, means = GRAPH, ""
    right = {each["patch"] for each in given["commits"]}
    singles = [
        each
        for each, does in after(repo, REMINDERS, given["fork"])
        if does not in right and not each.parents[1:] and "mail.py" in repo.changed(each.oid)
    ]
    if singles:
        has_one = any(doing(repo, REMINDERS, given["fork"], patch) for patch in right)
        got = f"no commit that does what it did; there is {singles[0]}"
        if len(singles) == 1 and not has_one and repo.files(REMINDERS).get("mail.py") == given["mail"]:
            means = "both are melted into one commit: the content is there, the two steps are not"
        not_yet(expected=expected, got=got, means=means, look="git log -p reminders -- mail.py")
    got = "it is on no branch"
    if doing(repo, MAIN, given["fork"], commit["patch"]):
        got = "it is on main only"
    else:
        look = "git reflog main   (where it has been)"
        means = "a reset moves the branch's name away from its commits; they are still there, without a name"
    holders = [
        name
        for name in repo.branches()
        if name not in ("main", "reminders") and doing(repo, f"refs/heads/{name}", given["fork"], commit["patch"])
    ]
    if holders:
        got, means, look = f"it is on {', '.join(holders[:3])}, not on reminders", "", GRAPH
    not_yet(expected=expected, got=got, means=means, look=look)

"""What counts is in upstream.git: its main, and the record (reflog) of where each push moved it."""

from itertools import pairwise

import pytest

from runner.kit import not_yet
from runner.kit.git import Repo

MAIN = "refs/heads/main"
RECORD = "git -C ../upstream.git reflog main"


class Upstream(Repo):
    """The bare repository, with what several checks read."""

    def __init__(self, path, given):
        super().__init__(path)
        self.tip = self.oid(MAIN)
        if not self.tip:
            not_yet(expected="a branch main in upstream.git", got="there is none", look="git ls-remote origin")
        self.main = self.commits(MAIN)
        if given["base"] not in {each.oid for each in self.main}:
            not_yet(
                expected="the commits that upstream's main began with",
                got="other commits: it was made anew or replaced",
                look="learn reset   (keeps what you have, under .learn/)",
            )

    def holding(self, branch, mine, base):
        """The commits of BRANCH that do what the commit MINE does."""
        oids = [each.oid for each in self.commits(branch, f"^{base}")]
        return [oid for oid, patch in self.patch_ids(oids).items() if patch == mine["patch"]]


@pytest.fixture(scope="session")
def upstream(work, given):
    return Upstream(work / "upstream.git", given)


def test_yours_arrived(upstream, given, work):
    """upstream's main holds your commit, once"""
    mine = given["mine"]
    found = upstream.holding(MAIN, mine, given["base"])
    if not found:
        not_arrived(upstream, Repo(work / "repo"), mine, given["base"])
    if len(found) > 1:
        not_yet(
            expected='"Refuse impossible counts" once',
            got=f"{len(found)} commits that do the same: {', '.join(oid[:7] for oid in found)}",
            means="a rebase or cherry-pick makes a copy; here the copy and the original came together",
            look="git log --oneline --graph origin/main",
        )
    has_change(upstream, mine, "your")


def test_hers_stays(upstream, given):
    """upstream's main holds Ana's commit and her change"""
    hers = given["hers"]
    if hers["oid"] not in {each.oid for each in upstream.main}:
        forced = any(lost for _, lost in losses(upstream))
        not_yet(
            expected=f"Ana's commit \"Keep a reserve in stock\" ({hers['oid'][:7]}) on upstream's main",
            got="it is not there any more",
            means="a forced push puts your history in the place of what was there" if forced else "",
            look=f"{RECORD}   (learn reset clears it)",
        )
    has_change(upstream, hers, "Ana's")


def test_never_forced(upstream, given):
    """no push took a commit out of upstream's main"""
    record = upstream.reflog(MAIN)
    if record[:2] != [given["base"], given["hers"]["oid"]]:
        not_yet(
            expected="a record of all pushes that begins with Ana's",
            got="a record that begins later: the branch was deleted, or its record was",
            look=f"{RECORD}   (learn reset clears it)",
        )
    for (old, new), lost in losses(upstream):
        if lost:
            not_yet(
                expected="every push adds commits to main",
                got=f"the push from {old[:7]} to {new[:7]} took out {lost[0]}",
                means="it is back by now, but until then whoever fetched had a main without it",
                look=f"{RECORD}   (learn reset clears it)",
            )


def test_in_step(upstream, repo):
    """your main and upstream's main are the same commit"""
    repo.settled()
    mine = repo.oid(MAIN)
    if mine != upstream.tip:
        ahead = upstream.read(mine) is None
        not_yet(
            expected=f"main at {upstream.tip[:7]}, as upstream's",
            got=f"your main is at {mine[:7]}",
            means="your main has commits that were not pushed" if ahead else "",
            look="git fetch && git status",
        )


def not_arrived(upstream, repo, mine, base):
    """Say where the commit is instead."""
    for branch in upstream.branches():
        if branch != "main" and upstream.holding(f"refs/heads/{branch}", mine, base):
            not_yet(
                expected="your commit on upstream's main",
                got=f"it is on upstream's branch {branch}, and main does not have it",
                means="the push was accepted because it made another branch; the shared one is as before",
                look="git ls-remote origin",
            )
    repo.settled()
    here = repo.read(mine["oid"]) and [each for each in repo.commits(MAIN, f"^{base}") if not each.parents[1:]]
    if here and mine["patch"] in repo.patch_ids(each.oid for each in here).values():
        not_yet(expected="your commit on upstream's main", got="it is on your main only", look="git status -sb")
    others = [each for each in upstream.commits(MAIN, f"^{base}") if mine["path"] in upstream.changed(each.oid)]
    if others:
        not_yet(
            expected="a commit on upstream's main that does what yours did, no more and no less",
            got=f"{others[0]}, which does something else",
            look=f"git log -p origin/main -- {mine['path']}",
        )
    not_yet(
        expected="your commit on upstream's main",
        got="it is not there, and not on your main either",
        look="git reflog main   (where your main has been)",
    )


def has_change(upstream, commit, whose):
    """A commit can be in the history and its change not in the files, as after `git merge -s ours`."""
    text = upstream.text(MAIN, commit["path"])
    if text == commit["after"]:
        return
    trees = {each.oid: each.tree for each in upstream.main}
    one_sided = any(each.tree in map(trees.get, each.parents) for each in upstream.main if each.parents[1:])
    dropped = text == commit["before"]
    means = "the merge kept one side's files only: the commit is there, what it did is not"
    not_yet(
        expected=f"{commit['path']} on upstream's main with {whose} change",
        got="the file as it was before the change" if dropped else "another content" if text else "no such file",
        means=means if dropped and one_sided else "",
        look=f"git log -p origin/main -- {commit['path']}",
    )


def losses(upstream):
    """Each move of upstream's main, as (old, new), with the commits that it took out."""
    return [
        ((old, new), [] if upstream.is_ancestor(old, new) else upstream.commits(old, f"^{new}"))
        for old, new in pairwise(upstream.reflog(MAIN))
    ]

"""The commit may be back itself or as a copy; copies are told by what they do, then by message, author and date."""

import functools

from runner.kit import not_yet

MAIN = "refs/heads/main"
REFLOG = "git reflog   (where HEAD has been)"


def test_on_a_branch(repo, given):
    """a branch leads to the lost commit"""
    at_rest(repo, given)
    if not found(repo, given):
        not_found(repo, given)


def test_as_it_was(repo, given):
    """its message, author and author date are as they were"""
    lost = given["lost"]
    copies = found(repo, given)
    ways = [differs(copy, given) for copy in copies]
    if not copies or None in ways:
        return
    what, is_new = ways[0]
    not_yet(
        expected=what,
        got=f"{copies[0]} does the same, {is_new}",
        means="the content is back in a new commit; git can copy a commit whole, and knows its hash"
        if copies[0].author_date > lost["date"] + 30 * 86400
        else "",
        look=f"git log --branches --format='%h %an, %ad: %s' {given['base'][:7]}..",
    )


def test_main_goes_on(repo, given):
    """main keeps the commits made since"""
    main_there(repo)
    does = [patch for _, patch in after(repo, given["base"], MAIN)]
    lost = [each["subject"] for each in given["since"] if each["patch"] not in does]
    if lost:
        moved = repo.oid(MAIN) in (given["lost"]["oid"], given["first"]["oid"])
        moved = moved and not repo.ask("for-each-ref", f"--contains={given['since'][-1]['oid']}")
        not_yet(
            expected=f"the {len(given['since'])} commits made since, on main",
            got=f'main has no commit that does what "{lost[0]}" did',
            means="main was put on the old commit; those made since are now as lost as that one was" if moved else "",
            look="git reflog main   (where it has been)",
        )


@functools.cache
def at_rest_once(repo, lost, first):
    name = repo.operation()
    tip = repo.state.tip
    if not name and not repo.state.branch and tip in (lost, first):
        if repo.run("for-each-ref", f"--contains={tip}", "refs/heads"):
            not_yet(expected="HEAD on a branch", got=f"HEAD detached at {tip[:7]}", look="git switch main")
        means = "HEAD is the only name for it: with your next `git switch` it is out of sight again"
        not_yet(
            expected="a branch that leads to the commit",
            got=f"HEAD is detached at {tip[:7]}, and no branch leads there",
            means=means if not repo.run("for-each-ref", f"--contains={tip}") else "",
            look="git status",
        )
    repo.settled((repo.state.tip and repo.branch()) or "main")
    main_there(repo)


def main_there(repo):
    """Demand the branch main."""
    if not repo.oid(MAIN):
        not_yet(expected="a branch main", got="there is none of that name", look="git branch --all -vv")


def at_rest(repo, given):
    """Demand that nothing is half done and HEAD is on a branch."""
    at_rest_once(repo, given["lost"]["oid"], given["first"]["oid"])


@functools.cache
def after(repo, base, *revs):
    """The commits of REVS after BASE, newest first, each with its patch id; a merge has none."""
    commits = repo.commits(*revs, f"^{base}")
    patches = repo.patch_ids(each.oid for each in commits)
    return [(each, patches.get(each.oid, "")) for each in commits]


def found(repo, given):
    """The lost commit and its copies, on any branch."""
    return [each for each, does in after(repo, given["base"], "--branches") if does == given["lost"]["patch"]]


def differs(copy, given):
    """What COPY has not from the lost commit, as (expected, got), or None."""
    subject, lost = given["subject"], given["lost"]
    if copy.message.strip() != subject and not copy.message.startswith(f"{subject}\n"):
        return f'the message "{subject}"', "with another message" if copy.message.strip() else "without a message"
    if copy.author != lost["author"]:
        return f'"{subject}" by {lost["author"]}', f"by {copy.author}"
    if copy.author_date != lost["date"]:
        return f'"{subject}" with the author date that it had', "with another author date"
    return None


def not_found(repo, given):
    """Say what there is instead."""
    branches = after(repo, given["base"], "--branches")
    lost = given["lost"]["oid"]
    expected = 'a branch with "Add the suppliers", as amended'
    earlier = next((each for each, does in branches if does == given["first"]["patch"]), None)
    if earlier:
        not_yet(
            expected=expected,
            got=f"{earlier} is the version from before the amend, with two suppliers",
            means="amending makes another commit: the reflog has a line for each of the two",
            look="git reflog",
        )
    if not repo.read(lost):
        not_yet(
            expected=expected,
            got="the repository does not hold that commit any more",
            look="learn reset   (keeps what you have, under .learn/)",
        )
    names = repo.run("for-each-ref", f"--contains={lost}", "--format=%(refname)").split()
    if names:
        not_yet(expected=expected, got=f"{names[0]} leads to it, and that is no branch", look="git show-ref")
    touching = next((each for each, _ in branches if paths(repo, each)), None)
    if touching:
        files = repo.files(touching.oid)
        more = paths(repo, touching) != {"suppliers.csv", "suppliers.py"}
        typed = files.get("suppliers.csv") != given["lost"]["csv"]
        means = "a file of the same name is not the commit: what was in it is in the repository" if typed else ""
        not_yet(
            expected=expected,
            got=f"{touching} does something else{': not the same files' if more else ''}",
            means=means,
            look=f"git show --stat {touching.oid[:7]}",
        )
    waiting = [row[3:] for row in repo.dirty() if row[3:].startswith("suppliers.")]
    got = f"{waiting[0]} lies in the folder, in no commit" if waiting else "no branch has it"
    not_yet(expected=expected, got=got, look="git status" if waiting else REFLOG)


def paths(repo, commit):
    """The paths that COMMIT changed, if the suppliers' files are among them."""
    changed = set() if commit.parents[1:] else set(repo.changed(commit.oid))
    return changed if changed & {"suppliers.py", "suppliers.csv"} else set()

"""The shape of main's history is compared: parents of its newest commit, its files, the names of branches."""

from runner.kit import not_yet

MAIN = "refs/heads/main"
GRAPH = "git log --oneline --graph --all"


def test_joins_both(repo, given):
    """main's newest commit has two parents: old main, then the end of gift-wrap"""
    branch = repo.branch()  # any may be checked out; only main's history counts
    repo.settled(branch if {branch, "main"} <= {*repo.branches()} else "main")
    newest = repo.commits("--max-count=1", MAIN)[0]
    if newest.parents == (given["main"], given["tip"]):
        return
    got, means, look = found_instead(repo, newest, given)
    not_yet(
        expected=f"parents {given['main'][:7]} (main as it was) and {given['tip'][:7]} (the end of gift-wrap)",
        got=got,
        means=means,
        look=look,
    )


def test_has_its_files(repo, given):
    """main has the files of gift-wrap, as they were"""
    files, wanted = repo.files(MAIN), repo.files(given["tip"])
    wrong = sorted(path for path in files.keys() | wanted.keys() if files.get(path) != wanted.get(path))
    if not wrong:
        return
    means = ""
    if files == repo.files(given["main"]):
        means = "the merge kept main's files alone: the commits count as merged, what they did is not there"
    not_yet(
        expected="the files of gift-wrap on main",
        got=f"another content in {', '.join(wrong[:3])}",
        means=means,
        look=f"git diff {given['tip'][:7]} main",
    )


def test_branch_is_gone(repo):
    """the branch gift-wrap is deleted"""
    if "gift-wrap" in repo.branches():
        not_yet(
            expected="no branch gift-wrap: its commits are in main's history",
            got="it is still there",
            look="git branch --merged main",
        )


def test_other_branch_stays(repo, given):
    """the branch price-list is where it was"""
    tip = repo.oid("refs/heads/price-list")
    if tip != given["price-list"]:
        back = "git reset --keep" if repo.branch() == "price-list" else "git branch --force price-list"
        not_yet(
            expected=f"price-list at {given['price-list'][:7]}",
            got=f"it is at {tip[:7]}" if tip else "no such branch",
            means="" if tip else "nobody merged its commit: with the branch, the name to find it by is gone",
            look=f"{back} {given['price-list'][:7]}   (puts it back)",
        )


def found_instead(repo, newest, given):
    """What main's newest commit is, what that means where it is sure, and where to look."""
    if repo.read(given["main"]) is None or repo.read(given["tip"]) is None:
        return "this repository does not hold these commits", "", "learn reset   (keeps what you have, under .learn/)"
    if newest.oid == given["main"]:
        return not_merged(repo, given)
    if newest.oid == given["tip"]:
        means = "main had nothing new, so its name was moved forward, and no commit made: a fast-forward"
        got = f"main is at {newest.oid[:7]}, the end of gift-wrap itself"
        return got, means, "git reflog main   (where it was before)"
    if repo.is_ancestor(given["main"], newest.oid) and repo.is_ancestor(newest.oid, given["tip"]):
        means = "main was moved along gift-wrap, so this commit came onto it without a merge"
        return f"main is at {newest}, a commit of gift-wrap", means, "git reflog main   (where it was before)"
    known = {each.oid: each for each in repo.commits(MAIN)}
    below = [each for each in known.values() if each.parents == (given["main"], given["tip"])]
    if below:
        return f"the merge {below[0]}, and newer commits on top of it", "", GRAPH
    means = ""
    if given["tip"] not in known and newest.tree == repo.commits("--max-count=1", given["tip"])[0].tree:
        means = "after a squash, a rebase or a cherry-pick git does not know that gift-wrap is merged"
    elif newest.parents == (given["tip"], given["main"]):
        means = "the first parent is the branch that you were on, so this merge was made on gift-wrap"
    elif given["tip"] in known and not any(each.parents[1:] for each in known.values()):
        means = "main was moved forward along gift-wrap, so its history is one line: no commit joins two"
    names = {given["main"]: "main as it was", given["tip"]: "the end of gift-wrap", given["price-list"]: "price-list"}
    names = {oid: f'"{each.subject}"' for oid, each in known.items()} | names
    parents = " and ".join(f"{oid[:7]} ({names.get(oid, 'not in this repository')})" for oid in newest.parents[:4])
    count = len(newest.parents)
    return f"{newest} with {count} parent{'' if count == 1 else 's'}{f': {parents}' if count else ''}", means, GRAPH


def not_merged(repo, given):
    """Main is as it was: perhaps the merge is on another branch, or there is nothing left to merge."""
    for branch in repo.branches():
        merges = [each for each in repo.commits(f"refs/heads/{branch}", f"^{given['main']}") if each.parents[1:]]
        if any(given["tip"] in each.parents for each in merges):
            means = "a merge goes to the branch that you are on, and takes from the one that you name"
            return f"main is as it was, and {branch} has a merge of gift-wrap", means, GRAPH
    got = f"main is as it was, at {given['main'][:7]}"
    if "gift-wrap" not in repo.branches():
        back = f"git branch gift-wrap {given['tip'][:7]}   (brings it back)"
        return f"{got}, and no branch is called gift-wrap", "", back
    if repo.branch() != "main":
        got += f"; you are on {repo.branch()}"
    return got, "", GRAPH

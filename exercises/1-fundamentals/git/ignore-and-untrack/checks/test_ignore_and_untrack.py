"""What is tracked is read from the newest commit; what is ignored is asked of git, for names that are new each run."""

import hashlib

import pytest

from runner.kit import not_yet

IGNORE = ".gitignore"
CONTROL = "covered-for-sure"


class Rules:
    """Asks git which names a pattern covers.

    Patterns of the learner's own configuration do not count, as a clone does not have them: in their place
    stands one that covers CONTROL, so that an answer without it is no answer.
    """

    def __init__(self, repo, file):
        self.repo = repo
        file.write_text(f"/{CONTROL}\n", encoding="utf-8")
        self.options = ["-c", f"core.excludesFile={file}", "check-ignore", "--no-index", "--verbose", "--"]

    def covering(self, *paths):
        """Those of PATHS that are covered, each with the pattern's file, line and text; tracked or not."""
        said = self.repo.ask(*self.options, CONTROL, *paths) or ""
        rows = {}
        for row in said.split("\n"):
            rule, _, path = row.rpartition("\t")
            source, line, pattern = [*rule.split(":", 2), "", ""][:3]
            if path and not pattern.startswith("!"):
                rows[path] = (source, line, pattern)
        if CONTROL not in rows:
            not_yet(
                expected="a folder whose patterns git can try",
                got="git check-ignore gave no answer: is build/ a link, or a folder not readable?",
                look=f"git check-ignore -v --no-index {' '.join(paths[:3])}",
            )
        del rows[CONTROL]
        return rows


@pytest.fixture
def rules(repo, shell):
    return Rules(repo, shell.folder() / "patterns")


def test_no_longer_tracked(repo, given, rules, work):
    """main's newest commit holds neither .env nor a file in build/"""
    repo.settled()
    amended = any(each.author_date == given["date"] and each.oid != given["base"] for each in repo.commits("HEAD"))
    means = "a commit made anew is another one; everybody who has the old one still has the key" if amended else ""
    repo.keeps(given["base"], 'the commit "Add what was missing"', means=means)
    left = [path for path in repo.files("HEAD") if is_private(path)]
    staged = {row[3:]: row[0] for row in repo.dirty() if row[0] in "AD"}
    again = [path for path in staged if is_private(path) and staged[path] == "A"]
    if left:
        waiting = [path for path in left if staged.get(path) == "D"]
        got = f"{len(left)} of them: {', '.join(left[:3])}{' ...' if len(left) > 3 else ''}"
        lost = [path for path in left if not (work / "repo" / path).is_file()]
        if lost:
            got += f"; {lost[0]} is no longer in your folder"
        if len(waiting) == len(left):
            means = "their removal is staged, not committed"
        elif waiting:
            means = f"the removal of {len(waiting)} is staged, that of {len(left) - len(waiting)} is not"
        else:
            means = why_tracked(repo, rules, given["gone"].keys() & left)
        look = "git status" if waiting else "git ls-files"
        look += "; ls -a" if lost else ""
        not_yet(expected="none of them in the newest commit", got=got, means=means, look=look)
    if again:
        got = f"{', '.join(again[:3])}, staged again"
        not_yet(expected="none of them in the next commit either", got=got, look="git status")


def test_still_on_disk(repo, given, work):
    """they are all still in your folder, as they were"""
    for path, blob in given["gone"].items():
        file = work / "repo" / path
        back = f"git show {given['base'][:7]}:{path}   (the history still has it)"
        if not file.is_file():
            means = "git can forget a file that stays in the folder; `git rm` without `--cached` deletes it there"
            moves = (repo.ask("log", "--walk-reflogs", "--format=%gs", "HEAD") or "").splitlines()
            if any(row.startswith(("merge ", "pull")) for row in moves):
                means = "when git goes to a commit that no longer tracks a file, the file leaves the folder too"
            not_yet(expected=f"{path} in your folder", got="no such file", means=means, look=back)
        if blob_of(file) != blob:
            not_yet(expected=f"{path} as it was", got="another content", look=back)


def test_new_ones_are_ignored(repo, given, rng, rules):
    """the committed .gitignore covers .env, and each file in build/, also new ones"""
    old = [path for path in given["gone"] if path != ".env"]
    some = rng.randrange(1000, 9999)
    new = [f"build/page{some}.html", f"build/css/style.{some}.css", f"build/js/{some}/shop.js", f"build/x{some}"]
    covered = rules.covering(".env", *old, *new)
    for path in (".env", *old, *new):
        source, _, pattern = covered.get(path, ("", "", ""))
        if source == IGNORE:
            continue
        means = ""
        if source.startswith(".git/"):
            means = f"{source} is in your copy alone: a clone does not have it"
        elif not source and path not in new:
            means = (
                slip(repo.text("HEAD", IGNORE) or "", path) or "in a clone, the next `git add .` would take it again"
            )
        elif not source and all(each in covered for each in old):
            means = "the patterns cover the files of today; the next build makes others"
        not_yet(
            expected=f"{path} ignored by {IGNORE}",
            got=f"ignored by `{pattern}` in {source}" if source else "not ignored",
            means=means,
            look=f"git check-ignore -v --no-index {path}",
        )
    if IGNORE not in repo.files("HEAD") or any(row[3:] == IGNORE for row in repo.dirty()):
        not_yet(
            expected=f"{IGNORE} in the newest commit, as it is in your folder",
            got="the commit does not have it" if IGNORE not in repo.files("HEAD") else "the commit has another one",
            means="without a commit, the patterns work in your folder alone",
            look="git status",
        )


def test_nothing_else_is_ignored(repo, given, rng, rules):
    """*.log is still ignored; src/ and .env.example are not, and stay tracked"""
    log = f"{rng.choice(['web', 'src/shop'])}{rng.randrange(100)}.log"
    tracked = repo.files("HEAD")
    seen = [*given["kept"], f"src/{rng.choice(['builder', 'build_'])}{rng.randrange(100)}.py"]
    covered = rules.covering(log, *seen)
    if covered.get(log, [""])[0] != IGNORE:
        means = f"the line `*.log` is gone from {IGNORE}: `>` makes a file anew, `>>` adds to its end"
        not_yet(
            expected=f"{log} ignored by {IGNORE}, as before",
            got="not ignored",
            means="" if "*.log" in (repo.text("HEAD", IGNORE) or "") else means,
            look=f"git diff {given['base'][:7]} -- {IGNORE}",
        )
    for path in seen:
        if path in covered:
            source, line, pattern = covered[path]
            means = "it is tracked, so it stays; but a new file like it would be left out" if path in tracked else ""
            not_yet(
                expected=f"{path} not ignored",
                got=f"the pattern `{pattern}` covers it",
                where=f"{source}, line {line}",
                means=means,
                look=f"git check-ignore -v --no-index {path}",
            )
    for path, blob in given["kept"].items():
        found = tracked.get(path)
        if found != blob:
            got = "another content" if found else "it is not tracked any more"
            not_yet(expected=f"{path} on main, as it was", got=got, look=f"git log --stat -- {path}")


def is_private(path):
    return path == ".env" or path.split("/")[0] == "build"


def why_tracked(repo, rules, left):
    """Why the paths LEFT are in the newest commit still, where that is sure."""
    flags = (repo.ask("ls-files", "-v", "--", ".env", "build") or "").splitlines()
    if any(row[0].islower() or row[0] == "S" for row in flags):
        return "`assume-unchanged` and `skip-worktree` hide changes from `git status`; the files stay tracked"
    if left and rules.covering(*left):
        return "patterns keep git from adding files that it does not track yet; what is tracked stays tracked"
    return ""


def slip(text, path):
    """What is wrong in a line of .gitignore that was meant for PATH, where that is sure."""
    for line in text.splitlines():
        meant, hash_sign, _ = line.partition(" #")
        name = meant.strip().removeprefix("./").strip("/")
        if name and path.split("/")[0] == name and hash_sign:
            return f"`#` begins a comment only at the start of a line; the pattern is `{line}`"
        if name and path.split("/")[0] == name and meant.startswith("./"):
            return f"a pattern is compared with names as git has them, and none begins with `./`: `{line}`"
    return ""


def blob_of(file):
    """The hash that git gives to FILE; empty where it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError:
        return ""
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data)).hexdigest()

"""Git for exercises: the fixture `repo` reads the learner's repository. (`setup.py` makes it with `Builder`.)

Whatever state the repository is in, a check gets an answer or ends with words for the learner: git that
refuses is no error of the check.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import git as gitpython
from git.objects.fun import tree_entries_from_data

from runner.kit.git_builder import PATCH, QUIET, Builder, Draft
from runner.kit.outcomes import CouldNotRun, NotYet

__all__ = ["IN_PROGRESS", "Builder", "Commit", "Draft", "Repo", "State"]

SETTINGS = ("safe.directory=*", f"core.hooksPath={os.devnull}", "core.fsmonitor=false", "gc.auto=0")
SAFE = [part for setting in SETTINGS for part in ("-c", setting)]
RESET = "learn reset   (keeps what you have, under .learn/)"

IN_PROGRESS = {
    "rebase-apply/applying": ("a git am", "git am --continue", "git am --abort"),
    "rebase-merge": ("a rebase", "git rebase --continue", "git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --continue", "git rebase --abort"),
    "MERGE_HEAD": ("a merge", "git commit", "git merge --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue", "git revert --abort"),
    "sequencer": (
        "a cherry-pick or a revert of several commits",
        "git cherry-pick --continue (or git revert --continue)",
        "git cherry-pick --abort (or git revert --abort)",
    ),
    "BISECT_LOG": ("a bisect", "git bisect good or git bisect bad", "git bisect reset"),
}
"""Files in `.git` that tell of an unfinished operation: what it is, how to finish it, how to give it up."""

MARKER = re.compile(r"(<{7}|>{7}|\|{7})( |$)|={7}$")
UNDERLINED = (".md", ".rst", ".txt")
"""Files where a line of `=` may underline a heading."""

FIELDS = 7
FORMAT = "%x00".join(["%H", "%P", "%s", "%B", "%an <%ae>", "%at", "%T"])


@dataclass(frozen=True)
class Commit:
    """One commit, as checks compare it: never by its hash alone. `subject` is all before the first empty line."""

    oid: str
    parents: tuple[str, ...]
    subject: str
    message: str
    author: str
    author_date: int
    tree: str

    def __str__(self) -> str:
        return f'"{self.subject}" ({self.oid[:7]})'


@dataclass(frozen=True)
class State:
    """What `git status` tells: the branch (None: detached), its newest commit (None: there is none), the changes.

    A change is a two-letter state, a space and a path: ` M a.py` changed, `?? b.py` untracked, `UU c.py`
    in conflict.
    """

    branch: str | None
    tip: str | None
    changes: tuple[str, ...]

    @property
    def in_conflict(self) -> list[str]:
        """The paths that a merge left unresolved."""
        return [row[3:] for row in self.changes if "U" in row[:2] or row[:2] in ("AA", "DD")]


class Repo:
    """A repository, read by git itself. PATH is the work tree, or the folder of a bare repository.

    One object lives as long as the run; what `state` told once is kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._git = gitpython.Git(path)
        self._git.update_environment(**QUIET, GIT_CEILING_DIRECTORIES=str(path.parent))
        self._git.set_persistent_git_options(c=list(SETTINGS))
        self._folder = self._found()

    def _found(self) -> Path:
        status, text, words = self._execute("rev-parse", "--absolute-git-dir")
        if status == 0:
            return Path(text.rstrip("\n"))
        gone = not words or "not a git repository" in words
        raise NotYet(
            expected=f"a git repository in {self.path.name}/",
            got="none there: the folder or its .git is gone, or broken" if gone else self._last_words(words),
            look=RESET,
        )

    def _execute(self, *args: str) -> tuple[int, str, str]:
        if not self.path.is_dir():  # GitPython would ask whatever repository the current folder is in
            return 128, "", ""
        status, text, words = self._git.execute(
            ["git", *SAFE, *args],
            with_extended_output=True,
            with_exceptions=False,
            strip_newline_in_stdout=False,
        )
        return int(status), str(text), str(words)

    def run(self, *args: str) -> str:
        """Run `git ARGS` and return what it prints.

        Raises:
            NotYet: git refused; the message has its words.
        """
        status, text, words = self._execute(*args)
        if status:
            expected = f"a repository that git {args[0]} can read"
            raise NotYet(expected=expected, got=self._last_words(words), look="git status")
        return text

    def ask(self, *args: str) -> str | None:
        """As `run`, one line without its end; None where git says no."""
        status, text, _ = self._execute(*args)
        return None if status else text.rstrip("\n")

    def read(self, name: str) -> tuple[str, str, bytes] | None:
        """The object named NAME (a hash, `main^{commit}`, `HEAD:path`): hash, type, content; None: no such."""
        try:
            oid, kind, _, content = self._git.get_object_data(name)
        except (ValueError, OSError):
            return None
        return _plain(oid), _plain(kind), bytes(content)

    @cached_property
    def state(self) -> State:
        """What `git status` tells, untracked files included. Not for a bare repository."""
        options = ["--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--no-renames"]
        rows = self.run("status", *options).split("\0")
        head = dict(row[2:].split(" ", 1) for row in rows if row.startswith("# "))
        branch, tip = head.get("branch.head"), head.get("branch.oid")
        return State(
            branch=None if branch == "(detached)" else branch,
            tip=None if tip == "(initial)" else tip,
            changes=tuple(_change(row) for row in rows if row and not row.startswith("# ")),
        )

    def oid(self, rev: str) -> str | None:
        """The full hash of the commit that REV names, or None."""
        found = self.read(f"{rev}^{{commit}}")
        return found[0] if found else None

    def branch(self) -> str | None:
        """The branch that HEAD is on; None when HEAD is detached."""
        return self.state.branch

    def branches(self) -> list[str]:
        """The names of all local branches; in a bare repository, of all branches."""
        return self.run("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split()

    def commits(self, *revs: str) -> list[Commit]:
        """The commits that `git log REVS` lists, newest first."""
        options = ["-z", "--topo-order", "--no-show-signature", "--encoding=UTF-8", f"--format=tformat:{FORMAT}"]
        parts = self.run("log", *options, *revs, "--").split("\0")
        return [_commit(parts[at : at + FIELDS]) for at in range(0, len(parts) - FIELDS + 1, FIELDS)]

    def files(self, rev: str) -> dict[str, str]:
        """The files in the tree of REV: path to blob hash; empty where there is no such tree."""
        return dict(self._below(f"{rev}^{{tree}}", ""))

    def _below(self, tree: str, place: str) -> Iterable[tuple[str, str]]:
        found = self.read(tree)
        for binary, mode, name in tree_entries_from_data(found[2]) if found else []:
            if mode == 0o40000:
                yield from self._below(binary.hex(), f"{place}{name}/")
            else:
                yield f"{place}{name}", binary.hex()

    def changed(self, rev: str) -> list[str]:
        """The paths that the commit REV changed against its first parent, sorted; a renamed file counts twice."""
        before, after = self.files(f"{rev}~1"), self.files(rev)
        return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))

    def text(self, rev: str, path: str) -> str | None:
        """The content of the file PATH in REV, or None where there is none."""
        found = self.read(f"{rev}:{path}")
        return found[2].decode("utf-8", "backslashreplace") if found and found[1] == "blob" else None

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether OLDER can be reached from NEWER."""
        return self.ask("merge-base", "--is-ancestor", older, newer) is not None

    def patch_ids(self, oids: Iterable[str]) -> dict[str, str]:
        """What each commit does, as a hash that a rebase does not change; none for an empty or merge commit."""
        names = "".join(f"{oid}\n" for oid in oids).encode()
        diff = self._pipe("diff-tree", "--stdin", *PATCH, stdin=names).stdout
        found = self._pipe("patch-id", "--stable", stdin=diff).stdout.decode()
        return {oid: patch for patch, oid in (line.split() for line in found.splitlines())}

    def patch_id(self, rev: str) -> str:
        """As `patch_ids`, for one commit; empty for an empty or merge commit."""
        return self.patch_ids([self.oid(rev) or rev]).get(self.oid(rev) or rev, "")

    def reflog(self, ref: str) -> list[str]:
        """The commits that REF pointed to, one after the other, oldest first; empty where nothing was kept."""
        kept = self.ask("log", "--walk-reflogs", "--no-show-signature", "--format=%H", ref, "--")
        return (kept or "").split()[::-1]

    def dirty(self) -> list[str]:
        """The changes that `git status` names, untracked files included, as in `State`."""
        return list(self.state.changes)

    def operation(self) -> str | None:
        """The name in `IN_PROGRESS` of an operation that is not finished, or None."""
        return next((name for name in IN_PROGRESS if (self._folder / name).exists()), None)

    def settled(self, branch: str = "main") -> None:
        """Demand that no operation is half done, and that HEAD is on BRANCH, which has commits.

        Raises:
            NotYet: it is not so; the message says how to get out.
        """
        self._at_rest()
        state = self.state
        if state.branch == branch and state.tip:
            return
        known = self.branches()
        if not state.tip and branch == state.branch:
            raise NotYet(expected=f"the branch {branch} with its commits", got=f"no commit on {branch}", look=RESET)
        if branch not in known:
            got = f"no branch of that name; there is: {', '.join(known[:5]) or 'none'}"
            raise NotYet(expected=f"a branch {branch}", got=got, look="git branch --all -vv" if known else "git reflog")
        where = state.branch or f"no branch (detached at {(state.tip or 'nothing')[:7]})"
        raise NotYet(expected=f"HEAD on the branch {branch}", got=f"HEAD on {where}", look=f"git switch {branch}")

    def _at_rest(self) -> None:
        name, open_files = self.operation(), self.state.in_conflict
        if not name and not open_files:
            return
        got = f"you are in the middle of {IN_PROGRESS[name][0]}" if name else "a conflict is not resolved"
        look = "git status   (it names the ways out)"
        if open_files:
            got += f"; git still waits for an answer in {', '.join(open_files[:3])}"
        elif name:
            _, finish, give_up = IN_PROGRESS[name]
            look = f"{finish}   (to finish it), or {give_up}"
        raise NotYet(expected="a repository at rest", got=got, look=look)

    def keeps(self, oid: str, what: str, branch: str = "main", means: str = "") -> None:
        """Demand that the commit OID is part of BRANCH.

        Args:
            what: names the commit for the learner.
            means: why it may be missing, where the check knows that.

        Raises:
            NotYet: it is not so; the message says whether it is gone or only left out.
        """
        if self.is_ancestor(oid, f"refs/heads/{branch}"):
            return
        there = self.read(oid) is not None
        raise NotYet(
            expected=f"{what} ({oid[:7]}) in the history of {branch}",
            got=f"it is not part of {branch} any more" if there else "this repository does not hold it at all",
            means=means,
            look=f"git reflog {branch}   (where the branch has been)" if there else RESET,
        )

    def marked(self, rev: str = "HEAD") -> list[str]:
        """The lines in REV that are conflict markers, as `path:line`."""
        found = []
        for path, blob in sorted(self.files(rev).items()):
            content = (self.read(blob) or ("", "", b""))[2].decode("utf-8", "replace")
            for number, line in enumerate(content.splitlines(), 1):
                if MARKER.match(line) and not (line[0] == "=" and path.endswith(UNDERLINED)):
                    found.append(f"{path}:{number}")
        return found

    def export(self, rev: str, folder: Path) -> Path:
        """Write the files of REV into the new FOLDER and return it."""
        folder.mkdir(parents=True)
        index = folder / ".index"  # not the learner's own; removed below
        places = {"GIT_DIR": str(self._folder), "GIT_WORK_TREE": str(folder), "GIT_INDEX_FILE": str(index)}
        for command in (["read-tree", rev], ["checkout-index", "--all"]):
            done = self._pipe(*command, env=places)
            if done.returncode:
                words = done.stderr.decode("utf-8", "replace")
                raise CouldNotRun(expected=f"the files of {rev}", got=self._last_words(words))
        index.unlink()
        return folder

    def _last_words(self, stderr: str) -> str:
        """The line of git's complaint that says most, without the run's own folder in it."""
        lines = [line for line in stderr.replace(f"{self.path.parent}/", "").splitlines() if line.strip()]
        said = [line for line in lines if line.startswith(("fatal:", "error:"))]
        return [*said, *lines[::-1], "git refused, without a word"][0]

    def _pipe(
        self, *args: str, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `git ARGS` on bytes, which GitPython would turn into text."""
        command = ["git", *SAFE, "-C", str(self.path), *args]
        environment = {**os.environ, **QUIET, **(env or {})}
        return subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)


def _commit(parts: list[str]) -> Commit:
    oid, parents, subject, message, author, date, tree = parts
    return Commit(oid, tuple(parents.split()), subject, message, author, int(date or 0), tree)


def _plain(word: str | bytes) -> str:
    """GitPython says `str` here and gives `bytes`."""
    return word.decode() if isinstance(word, bytes) else word


def _change(row: str) -> str:
    """A row of `git status --porcelain=v2` as one of the first version's, without renames."""
    kind, rest = row[0], row[2:]
    if kind in "?!":
        return f"{kind}{kind} {rest}"
    path = rest.split(" ", 9 if kind == "u" else 7)[-1]
    return f"{rest[:2].replace('.', ' ')} {path}"

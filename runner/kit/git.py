"""Git for exercises: the fixture `repo` reads the learner's repository. (`setup.py` makes it with `Builder`.)

Whatever state the repository is in, a check gets an answer or ends with words for the learner: git that
refuses is no error of the check.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import resource
import select
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from runner.kit.git_builder import PATCH, QUIET, Builder, Draft
from runner.kit.outcomes import CouldNotRun, NotYet, RanTooLong, UsedTooMuch

__all__ = ["IN_PROGRESS", "Builder", "Commit", "Draft", "Repo", "State"]

SETTINGS = (
    "safe.directory=*",
    f"core.attributesFile={os.devnull}",
    "core.commitGraph=false",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.multiPackIndex=false",
    "core.useReplaceRefs=false",
    "gc.auto=0",
    "log.mailmap=false",
    f"mailmap.file={os.devnull}",
)
"""What no setting of the learner's may change: git runs none of their programs and believes none of their shortcuts."""

BOUNDED = {
    **QUIET,
    "GIT_ALLOC_LIMIT": "128m",  # at once: a link to a device without end, or what unpacks to a hundred times its size
    "GIT_ALLOW_PROTOCOL": "",  # what is missing is not fetched: that may start a program
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
}
LIMIT = 5.0
"""Seconds that one git command may take, unless the run tells."""

MOST_FILES = 100_000
"""Files that a tree may hold; a few kilobytes can name any number."""

MOST_MEMORY = 2 << 30
"""Bytes of memory that one git command may use."""

MOST_BYTES = 64 * 1024 * 1024
"""Bytes that an object may hold to be read."""

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

    def __init__(self, path: Path, budget: Callable[[], float] = lambda: LIMIT) -> None:
        self.path = path
        self._budget = budget
        self._environment = {**BOUNDED, "GIT_CEILING_DIRECTORIES": str(path.parent)}
        self._folder = self._found()
        self._environment |= self._settled_by_us()
        self._reader: subprocess.Popen[bytes] | None = None

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

    def _settled_by_us(self) -> dict[str, str]:
        """Names for git's environment that undo the learner's settings of programs as filters."""
        _, text, _ = self._execute("config", "--null", "--name-only", "--get-regexp", r"^(filter\.|core\.worktree$)")
        keys = {key for key in text.split("\0") if key}
        self._elsewhere = "core.worktree" in keys
        values = {"clean": "", "smudge": "", "process": "", "required": "false"}
        names = sorted({key.rpartition(".")[0] for key in keys - {"core.worktree"}})
        settings = [(f"{name}.{key}", value) for name in names for key, value in values.items()]
        numbered = {f"GIT_CONFIG_KEY_{number}": key for number, (key, _) in enumerate(settings)}
        numbered |= {f"GIT_CONFIG_VALUE_{number}": value for number, (_, value) in enumerate(settings)}
        return {**numbered, "GIT_CONFIG_COUNT": str(len(settings))}

    def _execute(self, *args: str) -> tuple[int, str, str]:
        if not self.path.is_dir():
            return 128, "", ""
        done = self._pipe(*args)
        stdout, stderr = (each.decode("utf-8", "surrogateescape") for each in (done.stdout, done.stderr))
        return done.returncode, stdout, stderr

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
        if "\n" in name or not self.path.is_dir():
            return None
        try:
            found = self._ask_reader(name)
        except (OSError, EOFError):  # git ended, as it does at an object that it cannot read
            self._end_reader()
            return None
        if found:
            oid, kind, content = found
            make = hashlib.sha256 if len(oid) == 64 else hashlib.sha1
            if make(b"%s %d\0%s" % (kind.encode(), len(content), content)).hexdigest() != oid:
                expected = "objects that are what their hashes say"
                raise NotYet(expected=expected, got=f"another under {oid[:7]}", look="git fsck")
        return found

    def _ask_reader(self, name: str) -> tuple[str, str, bytes] | None:
        """Ask a `git cat-file` that stays for the next question as well."""
        reader = self._reader = self._reader or self._started("cat-file", "--batch")
        assert reader.stdin is not None and reader.stdout is not None
        reader.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
        limit = time.monotonic() + self._budget()
        data = bytearray()
        while (at := data.find(b"\n")) < 0:
            data += self._more(reader.stdout.fileno(), limit)
        head = data[:at].decode("utf-8", "replace").split()
        if len(head) != 3 or not head[2].isdigit():
            return None
        size = int(head[2])
        if size > MOST_BYTES:
            self._end_reader()
            raise UsedTooMuch(expected=f"objects under {MOST_BYTES >> 20} MiB", got=f"{name} has {size >> 20} MiB")
        del data[: at + 1]
        while len(data) <= size:
            data += self._more(reader.stdout.fileno(), limit)
        return head[0], head[1], bytes(data[:size])

    def _more(self, descriptor: int, limit: float) -> bytes:
        if not select.select([descriptor], [], [], max(0.0, limit - time.monotonic()))[0]:
            self._end_reader()
            raise self._too_long("cat-file")
        data = os.read(descriptor, 1 << 20)
        if not data:
            raise EOFError
        return data

    def _end_reader(self) -> None:
        if self._reader:
            _end(self._reader)
        self._reader = None

    @cached_property
    def state(self) -> State:
        """What `git status` tells, untracked files included. Not for a bare repository."""
        if self._elsewhere:  # perhaps the whole disk
            got = "core.worktree names another work tree"
            raise NotYet(expected="a repository that git status can read", got=got, look="git status")
        options = ["--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--no-renames"]
        options += ["--ignore-submodules=dirty"]  # without going into them, and their settings
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
        found: dict[str, str] = {}
        pending = [(f"{rev}^{{tree}}", "")]
        while pending:
            tree, place = pending.pop()
            for folder, name, oid in _entries(self.read(tree)):
                if folder:
                    pending.append((oid, f"{place}{name}/"))
                else:
                    found[f"{place}{name}"] = oid
            if len(found) + len(pending) > MOST_FILES:
                raise UsedTooMuch(expected=f"at most {MOST_FILES:,} files in a commit", got="more than that")
        return found

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
            if name == "CHERRY_PICK_HEAD" and all(row.startswith("??") for row in self.state.changes):
                finish = "git cherry-pick --skip"  # what it would do is there already, and --continue refuses
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
        there = self.read(oid) is not None
        if there and self.is_ancestor(oid, f"refs/heads/{branch}"):
            return
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
        """Run `git ARGS` on bytes; its time is limited."""
        process = self._started(*args, env=env, stderr=subprocess.PIPE)
        try:
            stdout, stderr = process.communicate(stdin, self._budget())
        except subprocess.TimeoutExpired:
            raise self._too_long(args[0]) from None
        finally:
            _end(process)
        return subprocess.CompletedProcess(args, process.returncode, stdout, stderr)

    def _started(
        self, *args: str, env: dict[str, str] | None = None, stderr: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            ["git", *SAFE, "-C", str(self.path), *args],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env={**os.environ, **self._environment, **(env or {})},
        )
        weakref.finalize(self, _end, process)
        if sys.platform == "linux":  # from here, which costs nothing: what it reads may have no end
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(process.pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        return process

    def _too_long(self, command: str) -> RanTooLong:
        expected = f"a repository that git {command} can read in the time that it has"
        return RanTooLong(expected=expected, got="still reading then, so it was ended", look=RESET)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            pipe.close()


def _entries(tree: tuple[str, str, bytes] | None) -> Iterator[tuple[bool, str, str]]:
    """Of each entry of a tree that was read: whether it is a folder, its name, its hash."""
    oid, _, data = tree or ("", "", b"")
    length, at = len(oid) // 2, 0
    while at < len(data):
        mode, _, rest = data[at : data.index(b"\0", at)].partition(b" ")
        at += len(mode) + len(rest) + 2
        yield mode.lstrip(b"0") == b"40000", rest.decode("utf-8", "surrogateescape"), data[at : at + length].hex()
        at += length


def _commit(parts: list[str]) -> Commit:
    oid, parents, subject, message, author, date, tree = parts
    return Commit(oid, tuple(parents.split()), subject, message, author, int(date or 0), tree)


def _change(row: str) -> str:
    """A row of `git status --porcelain=v2` as one of the first version's, without renames."""
    kind, rest = row[0], row[2:]
    if kind in "?!":
        return f"{kind}{kind} {rest}"
    path = rest.split(" ", 9 if kind == "u" else 7)[-1]
    return f"{rest[:2].replace('.', ' ')} {path}"

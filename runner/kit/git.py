"""Git for exercises: `Builder` makes repositories in `setup.py`, the fixture `repo` reads the learner's.

Both run git without the person's own configuration, hooks or prompts, so that nothing depends on them.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import git as gitpython

from runner.kit.outcomes import CouldNotRun, NotYet

QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C.UTF-8",
}
SAFE = (
    "-c",
    "safe.directory=*",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "gc.auto=0",
)
FIRST_DATE = 1_767_600_000
"""The author date of a builder's first commit, in seconds: 5 January 2026. Each next one is an hour later."""

IN_PROGRESS = {
    "rebase-merge": ("a rebase", "git rebase --continue", "git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --continue", "git rebase --abort"),
    "MERGE_HEAD": ("a merge", "git commit", "git merge --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue", "git revert --abort"),
    "BISECT_LOG": ("a bisect", "git bisect good or git bisect bad", "git bisect reset"),
}
"""Files in `.git` that tell of an unfinished operation: what it is, how to finish it, how to give it up."""


@dataclass(frozen=True)
class Commit:
    """One commit, as checks compare it: never by its hash alone."""

    oid: str
    parents: tuple[str, ...]
    subject: str
    author: str
    author_date: int
    tree: str


class Repo:
    """A repository, read by git itself. PATH is the work tree, or the folder of a bare repository."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._git = gitpython.Repo(path, search_parent_directories=False).git
        except (gitpython.InvalidGitRepositoryError, gitpython.NoSuchPathError):
            raise NotYet(
                expected=f"a git repository in {path.name}/",
                got="none there: the folder or its .git is gone",
                look="learn reset   (keeps what you have, under .learn/)",
            ) from None
        self._git.update_environment(**QUIET)

    def run(self, *args: str) -> str:
        """Run `git ARGS` and return what it prints.

        Raises:
            git.GitCommandError: it failed.
        """
        return str(self._git.execute(["git", *SAFE, *args], with_extended_output=False, strip_newline_in_stdout=False))

    def ask(self, *args: str) -> str | None:
        """As `run`, one line without its end; None where git says no."""
        try:
            return self.run(*args).rstrip("\n")
        except gitpython.GitCommandError:
            return None

    def oid(self, rev: str) -> str | None:
        """The full hash that REV names, or None."""
        return self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")

    def branch(self) -> str | None:
        """The branch that HEAD is on; None when HEAD is detached."""
        return self.ask("symbolic-ref", "--quiet", "--short", "HEAD")

    def branches(self) -> list[str]:
        """The names of all local branches."""
        return self.run("for-each-ref", "--format=%(refname:short)", "refs/heads").split()

    def commits(self, *revs: str) -> list[Commit]:
        """The commits that `git log REVS` lists, newest first."""
        text = self.run("log", "--topo-order", "--format=%H%x00%P%x00%s%x00%an <%ae>%x00%at%x00%T", *revs, "--")
        return [_commit(line) for line in text.splitlines()]

    def files(self, rev: str) -> dict[str, str]:
        """The files in the tree of REV: path to blob hash."""
        rows = self.run("ls-tree", "-r", "-z", rev).split("\0")
        return {row.partition("\t")[2]: row.split()[2] for row in rows if row}

    def changed(self, rev: str) -> list[str]:
        """The paths that the commit REV changed against its first parent, sorted."""
        text = self.run("diff-tree", "-r", "-z", "--no-commit-id", "--name-only", "--root", "--no-renames", rev)
        return sorted(path for path in text.split("\0") if path)

    def text(self, rev: str, path: str) -> str | None:
        """The content of PATH in REV, or None where it is not there."""
        try:
            return self.run("show", f"{rev}:{path}")
        except gitpython.GitCommandError:
            return None

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether OLDER can be reached from NEWER."""
        return self.ask("merge-base", "--is-ancestor", older, newer) is not None

    def patch_id(self, rev: str) -> str:
        """What the commit REV does, as a hash that a rebase does not change; empty for an empty or merge commit."""
        diff = self.run("diff-tree", "-p", "--full-index", rev)
        found = subprocess.run(
            ["git", "patch-id", "--stable"],
            input=diff.encode("utf-8", "surrogateescape"),
            capture_output=True,
            check=True,
        )
        return found.stdout.decode().partition(" ")[0]

    def dirty(self) -> list[str]:
        """The paths that `git status` names, untracked ones included, each with its two-letter state."""
        return [row for row in self.run("status", "--porcelain", "-z", "--untracked-files=all").split("\0") if row]

    def operation(self) -> str | None:
        """The name in `IN_PROGRESS` of an operation that is not finished, or None."""
        folder = Path(self.run("rev-parse", "--absolute-git-dir").strip())
        return next((name for name in IN_PROGRESS if (folder / name).exists()), None)

    def settled(self, branch: str = "main") -> None:
        """Demand that no operation is half done and that HEAD is on BRANCH.

        Raises:
            NotYet: it is not so; the message says how to get out.
        """
        name = self.operation()
        if name:
            what, finish, give_up = IN_PROGRESS[name]
            raise NotYet(
                expected="a repository at rest",
                got=f"you are in the middle of {what}",
                look=f"{finish}   (to finish it), or {give_up}",
            )
        if self.branch() != branch:
            where = self.branch() or f"no branch (detached at {(self.oid('HEAD') or 'nothing')[:7]})"
            raise NotYet(expected=f"HEAD on the branch {branch}", got=f"HEAD on {where}", look=f"git switch {branch}")

    def marked(self, rev: str = "HEAD") -> list[str]:
        """The files in REV that still hold conflict markers, as `path:line`."""
        found = self.ask("grep", "-n", "-E", "^(<<<<<<<|>>>>>>>|=======$)", rev, "--")
        return [":".join(row.split(":")[1:3]) for row in (found or "").splitlines()]

    def export(self, rev: str, folder: Path) -> Path:
        """Write the files of REV into the new FOLDER and return it."""
        folder.mkdir(parents=True)
        archive = subprocess.run(
            ["git", *SAFE, "-C", str(self.path), "archive", rev],
            capture_output=True,
            env={**os.environ, **QUIET},
            check=False,
        )
        if archive.returncode:
            raise CouldNotRun(expected=f"the files of {rev}", got=archive.stderr.decode("utf-8", "replace").strip())
        subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
        return folder


def _commit(line: str) -> Commit:
    oid, parents, subject, author, date, tree = line.split("\0")
    return Commit(oid, tuple(parents.split()), subject, author, int(date), tree)


class Builder:
    """Makes a repository with commits whose authors and dates are always the same.

    The repository gets an identity and settings of its own, so that the learner's commits work without a
    global configuration and are not signed, hooked or renamed by one.
    """

    def __init__(self, path: Path, *, bare: bool = False) -> None:
        self.path = path
        self._clock = FIRST_DATE
        path.mkdir(parents=True, exist_ok=True)
        self.run("init", "--quiet", "--initial-branch=main", *(["--bare"] if bare else []))
        self._settle()

    @classmethod
    def clone(cls, source: Path, path: Path) -> Builder:
        """A clone of SOURCE at PATH whose `origin` is a relative path, so that both can be moved together."""
        builder = cls(path)
        builder.run("remote", "add", "origin", os.path.relpath(source, path))
        builder.run("fetch", "--quiet", "origin")
        builder.run("reset", "--quiet", "--hard", "origin/main")
        builder.run("branch", "--quiet", "--set-upstream-to=origin/main", "main")
        builder.run("remote", "set-head", "origin", "main")
        return builder

    def _settle(self) -> None:
        for key, value in {
            "user.name": "Sam Learner",
            "user.email": "sam@example.com",
            "commit.gpgSign": "false",
            "tag.gpgSign": "false",
            "core.hooksPath": ".git/hooks",
            "core.autocrlf": "false",
            "core.fsmonitor": "false",
            "core.logAllRefUpdates": "always",
            "gc.auto": "0",
            "maintenance.auto": "false",
        }.items():
            self.run("config", key, value)

    def run(self, *args: str, env: dict[str, str] | None = None) -> str:
        """Run `git ARGS` in the repository and return what it prints."""
        done = subprocess.run(
            ["git", "-c", "safe.directory=*", *args],
            cwd=self.path,
            env={**os.environ, **QUIET, **(env or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"git {' '.join(args)} in {self.path.name}: {done.stderr.strip()}")
        return done.stdout.strip()

    def write(self, path: str, text: str) -> Path:
        """Write TEXT to PATH in the work tree, making folders as needed."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(
        self,
        message: str,
        files: dict[str, str] | None = None,
        *,
        author: str = "Ana Reyes <ana@example.com>",
    ) -> str:
        """Write FILES (path to content), commit everything and return the new commit's hash."""
        for path, text in (files or {}).items():
            self.write(path, text)
        self.run("add", "--all")
        with self.dated(author) as env:
            self.run("commit", "--quiet", "--allow-empty", f"--message={message}", env=env)
        return self.run("rev-parse", "HEAD")

    @contextlib.contextmanager
    def dated(self, author: str = "Ana Reyes <ana@example.com>") -> Iterator[dict[str, str]]:
        """An environment whose commits are AUTHOR's, dated one hour after the last."""
        name, _, email = author.rstrip(">").partition(" <")
        self._clock += 3600
        date = f"{self._clock} +0000"
        yield {
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": email,
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": email,
            "GIT_COMMITTER_DATE": date,
        }

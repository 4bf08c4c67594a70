"""`Builder` makes the repositories of git exercises; for `setup.py`, so it imports nothing slow.

Git runs without the person's own configuration, hooks or prompts, so that nothing depends on them.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_DEFAULT_HASH": "sha1",
    "GIT_DEFAULT_REF_FORMAT": "files",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C.UTF-8",
}
FIRST_DATE = 1_767_600_000
"""The author date of a builder's first commit, in seconds: 5 January 2026. Each next one is an hour later."""

TEAMMATE = "Ana Reyes <ana@example.com>"
LEARNER = "Sam Learner <sam@example.com>"

SETTINGS = """
[user]
	name = Sam Learner
	email = sam@example.com
[core]
	hooksPath = {hooks}
	autocrlf = false
	fsmonitor = false
	logAllRefUpdates = always
[commit]
	gpgSign = false
[merge]
	ff = true
[tag]
	gpgSign = false
[gc]
	auto = 0
[maintenance]
	auto = false
"""


@dataclass(frozen=True)
class Draft:
    """A commit to make: its message, the files it writes (path to content, None removes), its author."""

    message: str
    files: dict[str, str | None] = field(default_factory=dict)
    author: str = TEAMMATE


class Builder:
    """Makes a repository with commits whose authors and dates are always the same.

    The repository gets an identity and settings of its own, so that the learner's commits work without a
    global configuration and are not signed, hooked or renamed by one.
    """

    def __init__(self, path: Path, *, bare: bool = False) -> None:
        self._begin(path, FIRST_DATE)
        path.mkdir(parents=True, exist_ok=True)
        self.run("init", "--quiet", "--template=", "--initial-branch=main", *(["--bare"] if bare else []))
        self._settle(path if bare else path / ".git", "hooks" if bare else ".git/hooks")

    @classmethod
    def clone(cls, source: Builder, path: Path) -> Builder:
        """A clone of SOURCE at PATH whose `origin` is a relative path, so that both can be moved together."""
        builder = cls.__new__(cls)
        builder._begin(path, source.now)
        path.mkdir(parents=True, exist_ok=True)
        builder.run("clone", "--quiet", "--template=", "--no-hardlinks", str(source.path), ".")
        builder.run("remote", "set-url", "origin", os.path.relpath(source.path, path))
        builder._settle(path / ".git", ".git/hooks")
        return builder

    @classmethod
    def at(cls, path: Path) -> Builder:
        """The repository that is at PATH already, made by a builder, or a copy of one."""
        builder = cls.__new__(cls)
        builder._begin(path, FIRST_DATE)
        return builder

    @property
    def now(self) -> int:
        """The author date of the commit made last, in seconds."""
        return self._clock

    def _begin(self, path: Path, clock: int) -> None:
        self.path = path
        self._clock = clock

    def _settle(self, folder: Path, hooks: str) -> None:
        """Write the settings and the folders of an empty template; without a start of git for each."""
        with (folder / "config").open("a", encoding="utf-8") as config:
            config.write(SETTINGS.format(hooks=hooks))
        for name in ("hooks", "info"):
            (folder / name).mkdir(exist_ok=True)

    def run(self, *args: str, env: dict[str, str] | None = None, stdin: str | None = None) -> str:
        """Run `git ARGS` in the repository and return what it prints."""
        done = subprocess.run(
            ["git", "-c", "safe.directory=*", *args],
            cwd=self.path,
            env={**os.environ, **QUIET, **(env or {})},
            input=stdin or "",
            capture_output=True,
            encoding="utf-8",
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

    def commit(self, message: str, files: dict[str, str] | None = None, *, author: str = TEAMMATE) -> str:
        """Write FILES (path to content), commit everything and return the new commit's hash."""
        for path, text in (files or {}).items():
            self.write(path, text)
        self.run("add", "--all")
        with self.dated(author) as env:
            self.run("commit", "--quiet", "--allow-empty", f"--message={message}", env=env)
        return self.run("rev-parse", "HEAD")

    def history(self, drafts: Sequence[Draft], *, branch: str = "main", start: str | None = None) -> list[str]:
        """Make a row of commits on BRANCH with one start of git and return their hashes, oldest first.

        Index and work tree stay as they are: `run("reset", "--hard")` afterwards brings them along.

        Args:
            start: the commit that the first one follows; without it the first one has no parent.
        """
        parts = []
        for number, draft in enumerate(drafts, 1):
            with self.dated(draft.author) as env:
                who = f"{draft.author} {env['GIT_AUTHOR_DATE']}"
            parts.append(f"commit refs/heads/{branch}\nmark :{number}\nauthor {who}\ncommitter {who}\n")
            parts.append(_data(f"{draft.message}\n"))
            if number == 1 and start:
                parts.append(f"from {start}\n")
            for path, text in draft.files.items():
                parts.append(f"D {path}\n" if text is None else f"M 100644 inline {path}\n{_data(text)}")
            parts.append(f"get-mark :{number}\n")
        return self.run("fast-import", "--quiet", "--done", stdin="".join([*parts, "done\n"])).split()

    def patch_id(self, rev: str) -> str:
        """What the commit REV does, as `Repo.patch_ids` tells it."""
        diff = self.run("diff-tree", "--stdin", *PATCH, stdin=f"{self.run('rev-parse', rev)}\n")
        return self.run("patch-id", "--stable", stdin=f"{diff}\n").partition(" ")[0]

    @contextlib.contextmanager
    def dated(self, author: str = TEAMMATE) -> Iterator[dict[str, str]]:
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


PATCH = ("-p", "--root", "--full-index", "--no-ext-diff", "--no-textconv", "--no-renames")
"""What `git diff-tree` is told so that a patch is the same whatever the repository's settings are."""


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"

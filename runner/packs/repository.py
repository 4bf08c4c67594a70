"""A pack from a git repository: one commit is fetched, and its files are read from git's objects.

Nothing is checked out. So no hook, filter, attribute, submodule or link of the repository's has an effect here, and no
setting of its own is read: they are fetched into an empty repository of ours. The person's own settings hold, since
they may be needed to reach the repository at all (a proxy, where a password is kept).
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from runner.errors import UsageError
from runner.packs.content import belongs
from runner.packs.intake import MOST_FILES, Intake, Unfit
from runner.packs.source import PROTOCOLS, Source

Named = Literal["branch", "tag", "commit"]

SETTINGS = (
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
    "maintenance.auto=false",
    "transfer.bundleURI=false",
)
SAFE = [part for setting in SETTINGS for part in ("-c", setting)]

QUIET = {
    "GIT_ALLOC_LIMIT": "512m",
    "GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS),
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C.UTF-8",
}
KEPT = ("GIT_ASKPASS", "GIT_SSH", "GIT_SSL")
"""Of git's variables those that a person reaches repositories by; others name repositories and settings."""

LIMIT = 600.0
"""Seconds that one git command may take."""

MOST_HISTORY = 1 << 30
"""Bytes that a repository may have when it is fetched."""

CHUNK = 1 << 16
COMMIT = re.compile(r"[0-9a-f]{7,64}")
WHOLE = (40, 64)
"""Digits in a whole name of a commit."""

BIG = b"version https://git-lfs.github.com/spec/"
"""What a file begins with that stands in for one of Git LFS."""

FILES = {"100644": False, "100755": True}
"""The modes of files in git, and whether they are executable."""


@dataclass(frozen=True)
class Commit:
    """A commit, and what the revision that led to it names."""

    oid: str
    named: Named


def fetch(source: Source, scratch: Path, intake: Intake) -> Commit:
    """Fetch the commit that SOURCE names, and have INTAKE take the files of it that belong to a pack.

    Args:
        scratch: an empty folder for the repository.

    Raises:
        UsageError: the repository cannot be reached, or has no such revision.
        Unfit: it holds what is not taken.
    """
    ref, named = resolve(source)
    _git(source, "init", "--quiet", "--bare", "--template=", str(scratch))
    inside = ["--git-dir", str(scratch)]
    refs = ["--depth=1", "--", source.address, ref] if ref else _everything(source.address)
    _git(source, *inside, "fetch", "--quiet", "--no-tags", *refs)
    name = "FETCH_HEAD" if ref else source.revision
    try:
        oid = _git(source, *inside, "rev-parse", "--quiet", "--verify", f"{name}^{{commit}}").decode().strip()
    except UsageError:
        raise _no_revision(source) from None
    _take(inside, oid, intake)
    return Commit(oid, named)


def resolve(source: Source) -> tuple[str, Named]:
    """The ref that the revision of SOURCE names, and what it is; no ref for a commit.

    Raises:
        UsageError: the repository cannot be reached, or the revision names none or several.
    """
    if len(source.revision) in WHOLE and COMMIT.fullmatch(source.revision):
        return "", "commit"  # never a branch that somebody gave such a name
    listed = _git(source, "ls-remote", "--", source.address).decode("utf-8", "replace")
    refs = {line.partition("\t")[2] for line in listed.splitlines()}
    wanted = source.revision or "HEAD"
    found = [ref for ref in (f"refs/tags/{wanted}", f"refs/heads/{wanted}", f"refs/{wanted}", wanted) if ref in refs]
    if len(found) > 1:
        raise UsageError(
            f"{wanted} is a tag and a branch of the repository.",
            expected=f"tags/{wanted} or heads/{wanted}",
            advice=f"learn pack add {Source('git', str(Source('git', source.address)), f'tags/{wanted}')}",
        )
    if found:
        return found[0], "tag" if found[0].startswith("refs/tags/") else "branch"
    if COMMIT.fullmatch(wanted):
        return "", "commit"
    raise _no_revision(source)


def later_tags(source: Source) -> list[str]:
    """The tags that come after the revision of SOURCE, itself one, in the order of versions; the last is the newest.

    Raises:
        UsageError: the repository cannot be reached.
    """
    listed = _git(source, "ls-remote", "--tags", "--refs", "--sort=version:refname", "--", source.address)
    tags = [line.partition("\trefs/tags/")[2] for line in listed.decode("utf-8", "replace").splitlines()]
    own = source.revision.removeprefix("refs/").removeprefix("tags/")
    return tags[tags.index(own) + 1 :] if own in tags else []


def _everything(address: str) -> list[str]:
    """What to fetch where only the name of a commit is known: servers rarely give one by its name alone."""
    return ["--", address, "+HEAD:refs/head", "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"]


def _no_revision(source: Source) -> UsageError:
    where = Source("git", source.address)
    return UsageError(
        f"The repository has no revision {source.revision or 'that is its main one'}.",
        where=str(where),
        expected="a branch, a tag, or the name of a commit",
        advice=f"git ls-remote {where}",
    )


def _take(inside: list[str], oid: str, intake: Intake) -> None:
    """Have INTAKE take the files of the commit OID, read by a git that stays for all of them."""
    entries = list(_entries(inside, oid))
    with subprocess.Popen(
        _command(*inside, "cat-file", "--batch"),
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as reader:
        assert reader.stdin is not None and reader.stdout is not None
        try:
            for mode, blob, path in entries:
                reader.stdin.write(f"{blob}\n".encode())
                reader.stdin.flush()
                size = int(reader.stdout.readline().split()[2])
                intake.file(path, _blob(reader.stdout, size, path), executable=FILES[mode])
                reader.stdout.read(1)
        except (IndexError, ValueError):
            raise Unfit(
                path, "an object that git cannot read", "a repository that git fsck finds nothing wrong with"
            ) from None
        finally:
            reader.kill()


def _entries(inside: list[str], oid: str) -> Iterator[tuple[str, str, str]]:
    """The files of the commit OID that belong to a pack: mode, name of the object, path."""
    listing = subprocess.Popen(
        _command(*inside, "ls-tree", "-r", "-z", "--full-tree", oid), env=_environment(), stdout=subprocess.PIPE
    )
    assert listing.stdout is not None
    with listing:
        try:
            for count, entry in enumerate(_rows(listing.stdout)):
                if count == MOST_FILES:
                    raise Unfit("the repository", f"more than {MOST_FILES:,} files", "fewer")
                head, _, name = entry.partition(b"\t")
                mode, _, blob = head.decode().split(" ")
                path = name.decode("utf-8", "surrogateescape")
                if not belongs(path):
                    continue
                if mode not in FILES:
                    what = {"120000": "a link", "160000": "a submodule"}.get(mode, f"an object of mode {mode}")
                    raise Unfit(path, what, "files and folders alone")
                yield mode, blob, path
        finally:
            listing.kill()  # a few kilobytes can name files without end


def _rows(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while data := stream.read(CHUNK):
        *rows, rest = (rest + data).split(b"\0")
        yield from rows


def _blob(stream: IO[bytes], size: int, path: str) -> Iterator[bytes]:
    first = True
    while size:
        data = stream.read(min(size, CHUNK))
        if not data:
            raise ValueError("git ended")
        if first and data.startswith(BIG):
            raise Unfit(path, "a file that is kept in Git LFS", "files in the repository itself")
        first = False
        size -= len(data)
        yield data


def _git(source: Source, *args: str) -> bytes:
    """Run git and return what it prints.

    Raises:
        UsageError: it is not there, refuses, or takes too long.
    """
    try:
        done = subprocess.run(
            _command(*args),
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LIMIT,
            preexec_fn=_limited,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("Git is needed for that, and not here.", advice="learn doctor") from None
    except subprocess.TimeoutExpired:
        raise _unreachable(source, f"nothing after {LIMIT:g} s") from None
    if done.returncode:
        words = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
        raise _unreachable(source, "; ".join(words[:3]) or f"exit status {done.returncode}")
    return done.stdout


def _unreachable(source: Source, words: str) -> UsageError:
    where = Source("git", source.address)
    return UsageError(
        "The repository cannot be read.",
        where=str(where),
        found=words.replace(source.address, str(where)),  # without a password
        advice=f"git ls-remote {where}",
    )


def _limited() -> None:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    soft = MOST_HISTORY if hard == resource.RLIM_INFINITY else min(MOST_HISTORY, hard)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _command(*args: str) -> list[str]:
    return ["git", *SAFE, *args]


def _environment() -> dict[str, str]:
    mine = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(KEPT)}
    return {**mine, **QUIET}

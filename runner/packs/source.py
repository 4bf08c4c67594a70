"""Where a pack comes from: a folder, an archive or a git repository, as a person writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from runner.errors import UsageError

Kind = Literal["folder", "archive", "git"]

BUILTIN = "builtin"
"""How the built-in pack is named where a folder could stand."""

PROTOCOLS = ("https", "ssh", "file")
"""What repositories are fetched by: others can be changed on their way, or start programs."""

URL = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.DOTALL | re.IGNORECASE)
BY_SSH = re.compile(r"[\w.-]+@[\w.-]+:(?!//)(.+)", re.DOTALL)
FORMS = "a folder with a pack.toml, a .tar.gz or .zip, or a git repository: a path, https://… or ssh://…"


@dataclass(frozen=True)
class Source:
    """Where a pack comes from. `revision` is a branch, tag or commit of a repository; empty: its main branch."""

    kind: Kind
    address: str
    revision: str = ""

    def __str__(self) -> str:
        """As a person would write it, without a password."""
        shown = re.sub(r"(?<=://)[^/@]*@", "", self.address)
        return f"{shown}@{self.revision}" if self.revision else shown


def read(text: str, here: Path) -> Source:
    """The source that TEXT names, such as `packs/shop.zip` or `https://example.org/shop.git@v2`.

    Args:
        here: the folder that paths are relative to.

    Raises:
        UsageError: it names none.
    """
    if text == BUILTIN:
        return Source("folder", BUILTIN)
    if found := _remote(text):
        return found
    for path, revision in _splits(text):
        if (here / path).exists():
            return _local((here / path).resolve(), revision)
    raise UsageError("There is no pack of that name.", found=text, expected=FORMS, advice="ls -d the path above")


def _remote(text: str) -> Source | None:
    if url := URL.fullmatch(text):
        protocol, rest = url[1].lower(), url[2]
        if protocol not in PROTOCOLS:
            raise UsageError(
                f"Packs are not fetched by {protocol}:// here.",
                expected="https://, ssh:// or file://: what comes by others can be changed on its way",
                advice="learn pack add https://…",
            )
        if rest.split("?")[0].endswith((".tar.gz", ".tgz", ".zip")):
            name = rest.split("?")[0].rpartition("/")[2]
            raise UsageError(
                "An archive at an address has to be fetched first.",
                found=text,
                advice=f"curl -fLO {text} && learn pack add {name}",
            )
        host, slash, path = rest.partition("/")  # an @ in the host's part stands behind the name of a user
        path, revision = _parted(path)
        return Source("git", f"{protocol}://{host}{slash}{path}", revision)
    if by_ssh := BY_SSH.fullmatch(text):
        path, revision = _parted(by_ssh[1])
        return Source("git", text[: by_ssh.start(1)] + path, revision)
    return None


def _parted(path: str) -> tuple[str, str]:
    address, at, revision = path.rpartition("@")
    return (address, revision) if at and address else (path, "")


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """TEXT as a path alone, then cut at each @ from the right: paths and branches may hold one."""
    yield text, ""
    at = len(text)
    while (at := text.rfind("@", 0, at)) > 0:
        yield text[:at], text[at + 1 :]


def _local(path: Path, revision: str) -> Source:
    if path.is_file():
        if revision:
            raise UsageError("An archive has no revisions.", found=f"@{revision}", advice=f"learn pack add {path}")
        return Source("archive", str(path))
    if revision:
        return Source("git", str(path), revision)
    if (path / "pack.toml").is_file():
        return Source("folder", str(path))
    if (path / "HEAD").is_file() and (path / "objects").is_dir():  # a bare repository
        return Source("git", str(path))
    raise UsageError("That is no pack.", where=str(path), expected=FORMS, advice="learn pack check DIR")

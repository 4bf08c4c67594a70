"""The store: packs from archives and repositories, one folder for each content, named by its hash.

A content is made beside its place and renamed into it, so that there is all of it or nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from runner.errors import Fault, PackError
from runner.files import alive, write_whole
from runner.packs import archive, repository
from runner.packs.content import PARTS, belongs, changed_at, digest, folder_of
from runner.packs.intake import Intake, Unfit
from runner.packs.source import Source

NEW = ".new-"


@dataclass(frozen=True)
class Gathered:
    """A pack that was fetched and is not in its place yet: its folder, its content's hash, and the commit, if any."""

    root: Path
    sha256: str
    commit: repository.Commit | None = None


@contextlib.contextmanager
def gathered(store: Path, source: Source) -> Iterator[Gathered]:
    """The pack of SOURCE, an archive or a repository, in a folder of STORE that is removed when the block ends.

    Raises:
        PackError: it holds what is not taken in, or no pack.
        UsageError: it cannot be reached.
        OSError: the disk is full or the folder cannot be written.
    """
    store.mkdir(parents=True, exist_ok=True)
    _sweep_dead(store)
    making = Path(tempfile.mkdtemp(prefix=f"{NEW}{os.getpid()}-", dir=store))
    try:
        yield _gather(source, making)
    except Unfit as error:
        raise _refused(source, Fault(error.name, "", error.found, error.allowed)) from None
    finally:
        shutil.rmtree(making, ignore_errors=True)


def put(store: Path, found: Gathered) -> None:
    """Move FOUND to its place in STORE; a folder there that holds anything else is replaced."""
    if whole(store, found.sha256):
        return
    place = folder_of(store, found.sha256)
    if place.exists():
        place.rename(found.root.with_name("old"))  # removed with the rest
    found.root.rename(place)


def whole(store: Path, sha256: str) -> bool:
    """Whether the content with that hash lies in STORE as it came; all of it is read."""
    place = folder_of(store, sha256)
    return place.is_dir() and digest(place) == sha256


def keep_only(store: Path, hashes: Collection[str]) -> None:
    """Remove every content of STORE but those with HASHES."""
    kept = {folder_of(store, each) for each in hashes}
    for folder in store.iterdir() if store.is_dir() else ():
        if folder not in kept and not folder.name.startswith(NEW):
            shutil.rmtree(folder, ignore_errors=True)


def sound(store: Path, sha256: str, part: Path, proof: Path) -> bool:
    """Whether the files in PART, a folder of the content with that hash, are what they were when it came.

    Their times tell: where none is newer than the last proof, nothing is read. Otherwise the whole content is hashed.

    Args:
        proof: the file that keeps the time of the last proof; may not exist yet.
    """
    place = folder_of(store, sha256)
    try:
        with contextlib.suppress(OSError, ValueError):
            if max(changed_at(part), os.lstat(place / "pack.toml").st_ctime_ns) < int(proof.read_text()):
                return True
        proof.parent.mkdir(parents=True, exist_ok=True)
        write_whole(proof, "0")
        began = os.stat(proof).st_ctime_ns  # by the clock of the same file system; what changes from here on is newer
        if digest(place) != sha256:
            return False
        write_whole(proof, str(began))
        return True
    except FileNotFoundError:
        return False


def _gather(source: Source, making: Path) -> Gathered:
    whole, pack, commit = making / "whole", making / "pack", None
    whole.mkdir()
    if source.kind == "git":
        (making / "git").mkdir()
        commit = repository.fetch(source, making / "git", Intake(whole))
    else:
        archive.unpack(Path(source.address), whole)
    pack.mkdir()
    for part in _found(source, whole).iterdir():
        if part.name in PARTS or (part.is_file() and belongs(part.name)):
            part.rename(pack / part.name)
    return Gathered(pack, digest(pack), commit)


def _found(source: Source, whole: Path) -> Path:
    """The pack's folder in WHOLE: itself, or one in it, as most archives have."""
    found = [folder for folder in (whole, *sorted(whole.iterdir())) if (folder / "pack.toml").is_file()]
    if whole in found or len(found) == 1:
        return found[0]
    words = f"{len(found)} of them" if found else "no such file"
    raise _refused(source, Fault("pack.toml", "", words, "one, at the top or in a folder there"))


def _refused(source: Source, fault: Fault) -> PackError:
    return PackError(
        f"Nothing is taken from {source}.", [fault], advice="ask whoever made it for another one; nothing of it is kept"
    )


def _sweep_dead(store: Path) -> None:
    """Remove what killed programs left half made."""
    for folder in store.glob(f"{NEW}*"):
        pid = folder.name.removeprefix(NEW).partition("-")[0]
        if not pid.isdigit() or not alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)

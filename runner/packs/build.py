"""Making the archive that a pack is shared as: the same files give the same bytes."""

from __future__ import annotations

import gzip
import io
import os
import re
import stat
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from runner.errors import Fault, PackError, UsageError
from runner.packs.archive import unpack
from runner.packs.content import belongs, digest, walk
from runner.packs.intake import Unfit
from runner.packs.load import load
from runner.packs.models import Pack

LEFT_OUT = re.compile(
    r"__pycache__|.*\.pyc|node_modules|\.(pytest|ruff|mypy)_cache|\.DS_Store|\._.*|\..*\.sw[a-p]|.*~|\.idea|\.vscode"
)
"""Names of caches and of editors' files, which are no part of a pack."""

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip, the first that it can tell. In a .tar.gz it is 0."""

ENDINGS = (".tar.gz", ".tgz", ".zip")


@dataclass(frozen=True)
class Built:
    """An archive: where it is, how many files it has, how many bytes it takes, and the hash of its content."""

    path: Path
    files: int
    bytes: int
    sha256: str


def build(pack: Pack, output: Path, *, solutions: bool) -> Built:
    """Write the files of PACK to the archive OUTPUT, in one step, once it is known that it can be added.

    Args:
        solutions: whether the answers are taken along.

    Raises:
        PackError: the pack holds what cannot be shared.
        UsageError: OUTPUT has another ending than an archive's.
    """
    if not output.name.endswith(ENDINGS):
        raise UsageError(
            "An archive's name ends with its kind.",
            found=output.name,
            expected=" or ".join(ENDINGS),
            advice=f"learn pack build --output {pack.name}.tar.gz",
        )
    root = Path(pack.root)
    names = [each for each in _names(root) if solutions or not each.startswith("solutions/")]
    _refuse_odd(root, names)
    beside = output.with_name(f".{output.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(_zipped(pack, names) if output.suffix == ".zip" else _tarred(pack, names))
        sha256 = _proved(beside, pack.name)
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)
    return Built(output, len(names), output.stat().st_size, sha256)


def _names(root: Path) -> list[str]:
    """The files of the pack in ROOT, sorted, without what git ignores, where git knows the folder."""
    found = _of_git(root)
    names = [name for name, status in walk(root) if not stat.S_ISDIR(status.st_mode)] if found is None else found
    wanted = [each for each in names if belongs(each) and not any(map(LEFT_OUT.fullmatch, each.split("/")))]
    return sorted(each for each in wanted if os.path.lexists(root / each))


def _of_git(root: Path) -> list[str] | None:
    command = ["git", "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    listed = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    known = {each for each in listed if each}
    return sorted(known) if done.returncode == 0 and "pack.toml" in known else None


def _refuse_odd(root: Path, names: list[str]) -> None:
    """Demand that NAMES are files: whoever adds the pack takes nothing else."""
    faults = [Fault(each.rstrip("/"), "", _kind(root / each), "a file") for each in names if _kind(root / each)]
    if faults:
        raise PackError(f"The pack in {root} cannot be shared.", faults, advice=f"learn pack build {root}")


def _kind(path: Path) -> str:
    if path.is_symlink():
        return "a link"
    if path.is_dir():
        return "a git repository inside the pack"
    return "" if path.is_file() else "a device, a pipe or a socket"


def _proved(archive: Path, name: str) -> str:
    """The hash of what ARCHIVE holds, once it was unpacked and loaded as a learner's `learn pack add` does."""
    with tempfile.TemporaryDirectory(prefix="learn-build-") as place:
        try:
            unpack(archive, Path(place))
            load(Path(place, name))
        except Unfit as error:
            fault = Fault(error.name, "", error.found, error.allowed)
            raise PackError("Nobody could add this pack.", [fault], advice="learn pack build") from None
        except PackError as error:
            words = "What git ignores, or what has the name of a cache, is needed."
            raise PackError(words, error.faults, advice="git status --ignored") from None
        return digest(Path(place, name))


def _tarred(pack: Pack, names: list[str]) -> bytes:
    packed = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, data, mode in _files(pack, names):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), mode
            tar.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def _zipped(pack: Pack, names: list[str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data, mode in _files(pack, names):
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.create_system = 3  # so that the mode below is Unix's, wherever this runs
            entry.external_attr = (stat.S_IFREG | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def _files(pack: Pack, names: list[str]) -> Iterator[tuple[str, bytes, int]]:
    """Name in the archive, bytes, and mode of each file; the modes are two, whatever the author's umask."""
    for name in names:
        path = Path(pack.root, name)
        yield f"{pack.name}/{name}", path.read_bytes(), 0o755 if path.stat().st_mode & 0o111 else 0o644

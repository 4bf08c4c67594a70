"""Unpacking a .tar.gz or a .zip that a stranger may have made: regular files alone, within limits, read as a stream."""

from __future__ import annotations

import gzip
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from runner.packs.intake import MOST_BYTES, MOST_FILES, Intake, Unfit, too_much

MOST_PACKED = 64 << 20
"""Bytes that an archive itself may have. It bounds what zipfile reads into memory at once, the list of its files."""

RATIO = 200
"""Times that an archive may grow when unpacked. Text grows about 5 times, alike exercises up to 100, a bomb 1,000."""

SMALL = 32 << 20
"""Bytes that any archive may grow to, whatever its ratio."""

CHUNK = 1 << 16
TAKEN = "files and folders alone"
GZIP, ZIP = b"\x1f\x8b", (b"PK\3\4", b"PK\5\6")
DAMAGED = (
    EOFError,
    gzip.BadGzipFile,
    NotImplementedError,
    OverflowError,
    RecursionError,
    RuntimeError,
    struct.error,
    tarfile.TarError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What tarfile and zipfile raise for an archive that is damaged, or was made to harm."""


def unpack(archive: Path, target: Path) -> None:
    """Unpack the file ARCHIVE into the empty folder TARGET; what kind it is, its first bytes tell.

    Raises:
        Unfit: it is no such archive, damaged, or holds what is not taken. TARGET then holds the files before that.
    """
    size = archive.stat().st_size
    if size > MOST_PACKED:
        raise Unfit(archive.name, f"{size >> 20} MiB", f"at most {MOST_PACKED >> 20} MiB")
    most = min(MOST_BYTES, max(SMALL, RATIO * size))
    with archive.open("rb") as file:
        kind = file.read(4)
        file.seek(0)
        try:
            if kind.startswith(GZIP):
                _untar(file, Intake(target, most), most)
            elif kind.startswith(ZIP):
                _unzip(file, Intake(target, most))
            else:
                raise Unfit(archive.name, "another kind of file", "a .tar.gz or a .zip")
        except DAMAGED as error:
            raise Unfit(archive.name, f"a damaged archive ({error})", "a whole one") from None


class _Bounded:
    """What a gzip file unpacks to, up to MOST bytes: tarfile reads headers of any size into memory."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._inside = gzip.GzipFile(fileobj=file)
        self._most = self._left = most

    def read(self, size: int) -> bytes:
        """The next bytes, SIZE at most."""
        data = self._inside.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise too_much("the archive", self._most)
        return data


def _untar(file: IO[bytes], intake: Intake, most: int) -> None:
    stream = _Bounded(file, most)
    with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as tar:  # type: ignore[call-overload]
        for member in tar:
            if member.isdir():
                intake.folder(member.name)
            elif not member.isreg() or member.issparse():
                raise Unfit(member.name, _kind_of(member), TAKEN)
            else:
                intake.file(member.name, _chunks(tar.extractfile(member)), executable=bool(member.mode & 0o111))

    while stream.read(CHUNK):  # to the end, where the sum of all bytes stands
        pass


def _kind_of(member: tarfile.TarInfo) -> str:
    if member.issym() or member.islnk():
        return f"a link to {member.linkname}"
    return "a file with holes" if member.issparse() else "a device, a pipe or something stranger"


def _unzip(file: IO[bytes], intake: Intake) -> None:
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_FILES:
            raise Unfit("the archive", f"{len(entries):,} files", f"at most {MOST_FILES:,}")
        for entry in entries:
            name, mode = _name_of(entry), entry.external_attr >> 16
            if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise Unfit(name, "a link" if stat.S_ISLNK(mode) else "a device, a pipe or something stranger", TAKEN)
            if name.endswith("/") or stat.S_ISDIR(mode):
                intake.folder(name)
                continue
            if entry.flag_bits & 1:
                raise Unfit(name, "a file that needs a password", "files that do not")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unfit(name, "an unusual compression", "deflate")
            with archive.open(entry) as stream:
                intake.file(name, _chunks(stream), executable=bool(mode & 0o111))


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name as it stands in the archive; zipfile cuts it at a zero byte, and reads it as an old DOS would."""
    if entry.flag_bits & 0x800:
        return entry.orig_filename
    return entry.orig_filename.encode("cp437").decode("utf-8", "surrogateescape")


def _chunks(stream: IO[bytes] | None) -> Iterator[bytes]:
    assert stream is not None
    while chunk := stream.read(CHUNK):
        yield chunk

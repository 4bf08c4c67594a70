"""Archives made by hand, as no tool would make them: good ones, and every kind that must be refused."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

Member = tarfile.TarInfo | tuple[str, bytes]


def targz(*members: Member) -> bytes:
    """A .tar.gz of MEMBERS: entries as they are, or a name and bytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", format=tarfile.PAX_FORMAT) as tar:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                tar.addfile(member, io.BytesIO(bytes(member.size)))
            else:
                entry = tarfile.TarInfo(member[0])
                entry.size = len(member[1])
                tar.addfile(entry, io.BytesIO(member[1]))
    return packed.getvalue()


def entry(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    """An entry of a tar that is no file."""
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    return made


def zipped(*members: tuple[str, bytes], mode: int = stat.S_IFREG | 0o644, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A .zip of MEMBERS, all of them of MODE."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, method
            archive.writestr(info, data)
    return packed.getvalue()


def _locked_zip() -> bytes:
    """A .zip whose one file claims to be encrypted, in both of its headers."""
    data = bytearray(zipped(("a", b"x")))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def _renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """A .zip with another name of the same length in both headers."""
    assert data.count(old) == 2
    assert len(old) == len(new)
    return data.replace(old, new)


def _huge_header() -> bytes:
    """A .tar.gz with a pax header of 60 MiB, which tarfile would read into memory whole."""
    head = tarfile.TarInfo("./PaxHeaders/a")
    head.type, head.size = tarfile.XHDTYPE, 60 << 20
    return _gzipped([head.tobuf(tarfile.USTAR_FORMAT), *[bytes(1 << 20)] * 60])


def _bomb(files: int, size: int) -> Callable[[], bytes]:
    def make() -> bytes:
        blocks: list[bytes] = []
        for number in range(files):
            head = tarfile.TarInfo(f"{number}")
            head.size = size
            blocks += [head.tobuf(tarfile.USTAR_FORMAT), *[bytes(1 << 20)] * (size >> 20)]
        return _gzipped(blocks)

    return make


def _gzipped(blocks: Iterable[bytes]) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        for block in blocks:
            stream.write(block)
    return packed.getvalue()


def _holes() -> bytes:
    """A .tar.gz with a sparse file, in the form of GNU tar, that would take 4 GiB."""
    made = tarfile.TarInfo("a")
    made.type = tarfile.GNUTYPE_SPARSE
    head = bytearray(made.tobuf(tarfile.GNU_FORMAT))
    head[483:495] = b"40000000000\0"  # its real size
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return _gzipped([bytes(head), bytes(1024)])


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "tar climbs out": ("a path that climbs out", lambda: targz(("../evil", b"x"))),
    "tar climbs out inside": ("a path that climbs out", lambda: targz(("p/a/../../../evil", b"x"))),
    "tar absolute": ("an absolute path", lambda: targz(("/tmp/evil", b"x"))),
    "tar symbolic link": ("a link to /etc/passwd", lambda: targz(entry("p/a", tarfile.SYMTYPE, "/etc/passwd"))),
    "tar link inside": ("a link to b", lambda: targz(("p/b", b""), entry("p/a", tarfile.SYMTYPE, "b"))),
    "tar hard link": ("a link to ../../x", lambda: targz(entry("p/a", tarfile.LNKTYPE, "../../x"))),
    "tar device": ("a device", lambda: targz(entry("p/a", tarfile.CHRTYPE))),
    "tar block device": ("a device", lambda: targz(entry("p/a", tarfile.BLKTYPE))),
    "tar pipe": ("a device, a pipe", lambda: targz(entry("p/a", tarfile.FIFOTYPE))),
    "tar unknown kind": ("a device, a pipe", lambda: targz(entry("p/a", b"Z"))),
    "tar sparse": ("a file with holes", _holes),
    "tar twice": ("the same name twice", lambda: targz(("p/a", b"1"), ("p/a", b"2"))),
    "tar other case": ("differs from p/a in", lambda: targz(("p/a", b"1"), ("p/A", b"2"))),
    "tar other case of a folder": ("differs from p in", lambda: targz(("p/a", b"1"), ("P/b", b"2"))),
    "tar other spelling": ("in case or accents alone", lambda: targz(("p/\u00e9", b"1"), ("p/e\u0301", b"2"))),
    "tar file as folder": ("the same name twice", lambda: targz(("p/a", b"1"), ("p/a/b", b"2"))),
    "tar folder as file": ("the same name twice", lambda: targz(("p/a/b", b"1"), ("p/a", b"2"))),
    "tar not UTF-8": ("a name that is not UTF-8", lambda: targz(("p/\udcff", b"x"))),
    "tar line end in a name": ("a sign that nobody sees", lambda: targz(("p/a\nb", b"x"))),
    "tar turned text": ("a sign that nobody sees", lambda: targz(("p/\u202egnp.exe", b"x"))),
    "tar backslash": ("a backslash", lambda: targz(("p\\..\\a", b"x"))),
    "tar long name": ("too long", lambda: targz(("p/" + "a" * 300, b"x"))),
    "tar long path": ("too long", lambda: targz(("p/" * 600 + "a", b"x"))),
    "tar repository": ("a .git", lambda: targz(("p/.git/config", b"x"))),
    "tar repository in capitals": ("a .git", lambda: targz(("p/exercises/.GIT/hooks/x", b"x"))),
    "tar one big file": ("MiB when unpacked", _bomb(1, 60 << 20)),
    "tar many files": ("MiB when unpacked", _bomb(60, 1 << 20)),
    "tar huge header": ("MiB when unpacked", _huge_header),
    "tar cut short": ("a damaged archive", lambda: targz(("p/a", bytes(range(256)) * 99))[:-200]),
    "tar of nothing sensible": ("a damaged archive", lambda: _gzipped([b"x" * 5000])),
    "gzip with a wrong sum": ("a damaged archive", lambda: targz(("p/a", b"x"))[:-8] + bytes(8)),
    "zip climbs out": ("a path that climbs out", lambda: zipped(("../evil", b"x"))),
    "zip absolute": ("an absolute path", lambda: zipped(("/tmp/evil", b"x"))),
    "zip backslash": ("a backslash", lambda: _renamed(zipped(("p/../evil", b"x")), b"p/../evil", b"p\\..\\evil")),
    "zip zero byte": ("a sign that nobody sees", lambda: _renamed(zipped(("p/a.py", b"x")), b"p/a.py", b"p/a\0py")),
    "zip link": ("a link", lambda: zipped(("p/a", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777)),
    "zip device": ("a device", lambda: zipped(("p/a", b""), mode=stat.S_IFCHR | 0o666)),
    "zip twice": ("the same name twice", lambda: _renamed(zipped(("p/a", b"1"), ("p/b", b"2")), b"p/b", b"p/a")),
    "zip other case": ("differs from p/a in", lambda: zipped(("p/a", b"1"), ("p/A", b"2"))),
    "zip not UTF-8": ("not UTF-8", lambda: _renamed(zipped(("p/ab", b"x")), b"p/ab", b"p/\xff\xfe")),
    "zip bomb": ("MiB when unpacked", lambda: zipped(("p/a", bytes(60 << 20)))),
    "zip with a password": ("needs a password", _locked_zip),
    "zip of another method": ("an unusual compression", lambda: zipped(("p/a", b"x" * 99), method=zipfile.ZIP_LZMA)),
    "zip cut short": ("a damaged archive", lambda: zipped(("p/a", b"x" * 999))[:-30]),
    "zip with a wrong sum": ("a damaged archive", lambda: zipped(("p/a", b"xyz"), method=0).replace(b"xyz", b"xyx")),
    "zip without a pack": ("no such file", lambda: zipped(("p/a", b"x"))),
    "two packs": ("2 of them", lambda: zipped(("a/pack.toml", b"x"), ("b/pack.toml", b"x"))),
    "another kind": ("another kind of file", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(99)),
    "nothing": ("another kind of file", lambda: b""),
}
"""By name: words of the refusal, and what makes the archive."""


def pack_members(root: Path, prefix: str = "p/") -> list[tuple[str, bytes]]:
    """The files of the pack in ROOT as members."""
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return [(prefix + path.relative_to(root).as_posix(), path.read_bytes()) for path in paths]

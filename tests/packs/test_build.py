"""The archive that a pack is shared as."""

from __future__ import annotations

import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from runner.errors import PackError, UsageError
from runner.packs.build import build
from runner.packs.content import digest
from runner.packs.load import load
from runner.packs.source import Source
from runner.packs.store import gathered
from tests.packs import add_exercise, exercise_folder, make_pack, put
from tests.repositories import commit

ENDINGS = [".tar.gz", ".zip"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_files_give_the_same_bytes(ending: str, tmp_path: Path):
    """Written in another order, at another time, under another umask and by another name of the folder."""
    one = make_pack(tmp_path / "one")
    before = os.umask(0o077)
    try:
        two = make_pack(add_exercise(make_pack(tmp_path / "two"), "start/triple").parents[4])
    finally:
        os.umask(before)
    for path in (two / "exercises").rglob("*triple*"):
        if path.is_file():
            path.unlink()
    for folder in ("exercises", "solutions"):
        for path in sorted((two / folder).rglob("*"), reverse=True):
            if "triple" in str(path):
                path.rmdir() if path.is_dir() else path.unlink()
            elif path.is_file():
                os.utime(path, (0, 0))
    made = [build(load(root), tmp_path / f"{root.name}{ending}", solutions=True) for root in (one, two)]
    assert made[0].path.read_bytes() == made[1].path.read_bytes()
    assert made[0].sha256 == made[1].sha256 == digest(one)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("solutions", [True, False])
def test_what_is_built_can_be_added(ending: str, solutions: bool, pack_root: Path, tmp_path: Path):
    script = put(pack_root / "exercises" / "1-basics" / "run.sh", "true\n")
    script.chmod(0o755)
    made = build(load(pack_root), tmp_path / f"p{ending}", solutions=solutions)
    with gathered(tmp_path / "store", Source("archive", str(made.path))) as found:
        assert found.sha256 == made.sha256
        pack = load(found.root)
        assert pack.brings_solutions == solutions
        assert list(pack.exercises) == ["start/double", "shell/upper", "git/one-commit"]
        assert os.access(found.root / "exercises" / "1-basics" / "run.sh", os.X_OK)


def names(archive: Path) -> set[str]:
    if archive.suffix == ".zip":
        return set(zipfile.ZipFile(archive).namelist())
    with tarfile.open(archive) as tar:
        return {member.name for member in tar if member.mtime == member.uid == member.gid == 0}


CACHES = ["__pycache__/a.pyc", ".DS_Store", ".pytest_cache/x", "README.md~", ".README.md.swp", "._README.md"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_caches_are_left_out(ending: str, pack_root: Path, tmp_path: Path):
    for name in CACHES:
        put(exercise_folder(pack_root, "start/double") / name, "x")
    put(pack_root / "notes.txt", "mine")
    put(pack_root / "LICENSE", "free")
    made = build(load(pack_root), tmp_path / f"p{ending}", solutions=True)
    found = names(made.path)
    assert made.files == len(found)
    assert "tiny/LICENSE" in found
    assert "tiny/exercises/1-basics/start/double/README.md" in found
    assert not [name for name in found if any(each in name for each in (*CACHES, "notes.txt"))]


def test_what_git_ignores_is_left_out(pack_root: Path, tmp_path: Path):
    put(pack_root / ".gitignore", "*.log\n")
    put(pack_root / "exercises" / "try.log", "x")
    put(pack_root / "exercises" / "new.txt", "not committed yet")
    commit(pack_root)
    put(pack_root / "exercises" / "newer.txt", "not added yet")
    found = names(build(load(pack_root), tmp_path / "p.tar.gz", solutions=True).path)
    assert {"tiny/exercises/new.txt", "tiny/exercises/newer.txt"} <= found
    assert "tiny/exercises/try.log" not in found
    assert not [name for name in found if "/.git" in name]


def refused(root: Path, output: Path) -> str:
    with pytest.raises((PackError, UsageError)) as caught:
        build(load(root), output, solutions=True)
    assert not list(output.parent.glob(f"*{output.name}*")), "neither the archive nor half of one"
    return str(caught.value)


def test_what_cannot_be_shared(pack_root: Path, tmp_path: Path):
    link = exercise_folder(pack_root, "start/double") / "link"
    link.symlink_to("README.md")
    assert "start/double/link: found a link" in refused(pack_root, tmp_path / "p.zip")
    link.unlink()
    odd = put(exercise_folder(pack_root, "start/double") / "readme.MD", "x")
    assert "in case or accents alone" in refused(pack_root, tmp_path / "p.zip")
    odd.unlink()
    put(pack_root / ".gitignore", "starter\n")
    commit(pack_root)
    words = refused(pack_root, tmp_path / "p.tar.gz")
    assert "git ignores" in words
    assert "no folder exercises/1-basics/start/double/starter/python" in words
    assert "name ends with its kind" in refused(pack_root, tmp_path / "p.rar")

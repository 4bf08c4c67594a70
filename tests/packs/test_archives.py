"""Archives from strangers: what is good is taken, everything else refused in words, with nothing left behind."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from runner.errors import PackError
from runner.packs.content import digest
from runner.packs.load import load
from runner.packs.source import Source
from runner.packs.store import gathered
from tests.archives import HOSTILE, pack_members, targz, zipped


def source(path: Path, data: bytes) -> Source:
    path.write_bytes(data)
    return Source("archive", str(path))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_archives_are_refused(name: str, tmp_path: Path):
    words, make = HOSTILE[name]
    store = tmp_path / "inner" / "store"
    origin = source(tmp_path / "pack.bin", make())
    with pytest.raises(PackError) as caught, gathered(store, origin):
        pass
    assert words in str(caught.value)
    assert str(origin) in str(caught.value)
    assert list(store.iterdir()) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["inner", "pack.bin"]
    assert not Path("/tmp/evil").exists()


@pytest.mark.parametrize("name", ["tar huge header", "tar one big file", "zip bomb"])
def test_a_bomb_takes_little_memory(name: str, tmp_path: Path):
    data = HOSTILE[name][1]()
    origin = source(tmp_path / "pack.bin", data)
    del data
    tracemalloc.start()
    try:
        with pytest.raises(PackError), gathered(tmp_path / "store", origin):
            pass
        assert tracemalloc.get_traced_memory()[1] < 80 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("make", [targz, zipped])
@pytest.mark.parametrize("prefix", ["", "./", "p/", "./p/"])
def test_good_archives_are_the_same_content(make, prefix: str, pack_root: Path, tmp_path: Path):
    beside = [(f"{prefix}docs/a.txt", b"x"), (f"{prefix}exercises/__pycache__/a.pyc", b"x")]
    origin = source(tmp_path / "pack.bin", make(*pack_members(pack_root, prefix), *beside))
    with gathered(tmp_path / "store", origin) as found:
        assert load(found.root).name == "tiny"
        assert found.sha256 == digest(pack_root) == digest(found.root)
        assert sorted(each.name for each in found.root.iterdir()) == ["exercises", "pack.toml", "solutions"]
    assert list((tmp_path / "store").iterdir()) == []


def test_only_whether_a_file_runs_is_taken_of_its_mode(pack_root: Path, tmp_path: Path):
    members = [*pack_members(pack_root), ("p/exercises/run.sh", b"true")]
    with gathered(tmp_path / "store", source(tmp_path / "p.zip", zipped(*members, mode=0o104777))) as found:
        assert (found.root / "exercises" / "run.sh").stat().st_mode & 0o7777 == 0o755
    with gathered(tmp_path / "store", source(tmp_path / "p.zip", zipped(*members, mode=0o100000))) as found:
        assert (found.root / "exercises" / "run.sh").stat().st_mode & 0o7777 == 0o644


def test_names_of_a_zip_without_the_mark_of_utf8(pack_root: Path, tmp_path: Path):
    """Some tools write UTF-8 and do not say so."""
    data = zipped(*pack_members(pack_root), ("p/exercises/ab.txt", b"x"))
    data = data.replace(b"exercises/ab.txt", "exercises/é.txt".encode())
    with gathered(tmp_path / "store", source(tmp_path / "p.zip", data)) as found:
        assert "é.txt" in os.listdir(found.root / "exercises")

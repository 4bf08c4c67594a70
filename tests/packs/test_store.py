"""The store: whole contents, found again by their hash, and what was changed in them is seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from runner.packs import store
from runner.packs.content import digest, folder_of
from runner.packs.source import Source
from tests.packs import PHASE, exercise_folder, put
from tests.repositories import commit

EXERCISE = Path("exercises", PHASE, "start", "double")


@pytest.fixture
def kept(pack_root: Path, tmp_path: Path) -> tuple[Path, str]:
    """A store with one content, and its hash."""
    commit(pack_root)
    folder = tmp_path / "store"
    with store.gathered(folder, Source("git", str(pack_root))) as found:
        store.put(folder, found)
    return folder, found.sha256


def sound(folder: Path, sha256: str, part: Path = EXERCISE) -> bool:
    return store.sound(folder, sha256, folder_of(folder, sha256) / part, folder.parent / "cache" / "proof")


def test_a_content_is_put_once(kept: tuple[Path, str], pack_root: Path):
    folder, sha256 = kept
    inode = folder_of(folder, sha256).stat().st_ino
    with store.gathered(folder, Source("git", str(pack_root))) as found:
        assert found.sha256 == sha256
        store.put(folder, found)
    assert folder_of(folder, sha256).stat().st_ino == inode
    assert os.listdir(folder) == [folder_of(folder, sha256).name]


def changes(place: Path) -> dict[str, Path]:
    check = next((place / EXERCISE / "checks").iterdir())
    return {"edit": check, "new": check.with_name("conftest.py"), "mode": check, "gone": check, "same size": check}


@pytest.mark.parametrize("how", ["edit", "new", "mode", "gone", "same size"])
def test_every_change_is_seen_and_mended(how: str, kept: tuple[Path, str], pack_root: Path):
    folder, sha256 = kept
    place = folder_of(folder, sha256)
    assert sound(folder, sha256)
    path = changes(place)[how]
    if how == "mode":
        path.chmod(0o755)
    elif how == "gone":
        path.unlink()
    elif how == "same size":
        times = path.stat()
        path.write_bytes(path.read_bytes().replace(b"assert", b"asserT", 1))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    else:
        put(path, "print()\n")
    assert not sound(folder, sha256)
    assert not store.whole(folder, sha256)
    with store.gathered(folder, Source("git", str(pack_root))) as found:
        store.put(folder, found)
    assert sound(folder, sha256)
    assert os.listdir(folder) == [place.name]


def test_a_link_in_place_of_a_file_is_seen(kept: tuple[Path, str]):
    folder, sha256 = kept
    check = changes(folder_of(folder, sha256))["edit"]
    shutil.copyfile(check, folder.parent / "same.py")
    check.unlink()
    check.symlink_to(folder.parent / "same.py")
    assert not sound(folder, sha256)


def test_an_untouched_content_is_not_read_again(kept: tuple[Path, str]):
    """What the times tell is enough: a file that cannot be read is not noticed, since nobody reads it."""
    folder, sha256 = kept
    assert sound(folder, sha256)
    other = exercise_folder(folder_of(folder, sha256), "shell/upper") / "README.md"
    other.write_text("changed")
    assert sound(folder, sha256), "another exercise's files do not matter to this one"
    assert not sound(folder, sha256, Path("exercises", PHASE, "shell", "upper"))


def test_a_copied_workspace_is_proved_anew(kept: tuple[Path, str], tmp_path: Path):
    folder, sha256 = kept
    assert sound(folder, sha256)
    shutil.copytree(tmp_path / "store", tmp_path / "there" / "store")
    shutil.copytree(tmp_path / "cache", tmp_path / "there" / "cache")
    assert sound(tmp_path / "there" / "store", sha256)


def test_contents_that_nobody_names_are_removed(kept: tuple[Path, str]):
    folder, sha256 = kept
    (folder / ("0" * 32)).mkdir()
    store.keep_only(folder, [sha256])
    assert os.listdir(folder) == [sha256[:32]]


def test_what_a_killed_program_left_is_removed(kept: tuple[Path, str], pack_root: Path):
    """A program is killed while its content is half made; the next one sweeps that, and leaves alone who is at work."""
    folder, _ = kept
    code = (
        "import os, signal, sys; from pathlib import Path; from runner.packs import store; "
        "from runner.packs.source import Source\n"
        "with store.gathered(Path(sys.argv[1]), Source('git', sys.argv[2])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder), str(pack_root)], check=False)
    assert done.returncode == -9
    assert len(list(folder.glob(".new-*"))) == 1
    with store.gathered(folder, Source("git", str(pack_root))) as mine:
        assert mine.root.is_dir()
        with store.gathered(folder, Source("git", str(pack_root))):
            assert mine.root.is_dir()
            assert len(list(folder.glob(".new-*"))) == 2
    assert not list(folder.glob(".new-*"))


def test_the_hash_is_of_paths_modes_and_bytes(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    put(one / "a" / "b", "x")
    put(two / "a" / "b", "x")
    assert digest(one) == digest(two)
    os.utime(two / "a" / "b", (0, 0))
    (two / "a" / "b").chmod(0o600)
    assert digest(one) == digest(two)
    (two / "a" / "b").chmod(0o755)
    assert digest(one) != digest(two)

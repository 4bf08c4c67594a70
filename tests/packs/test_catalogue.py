"""The cached catalogue: used while nothing changed, refreshed when a manifest did, never trusted when damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from runner.errors import PackError
from runner.packs.catalogue import open_pack
from runner.packs.load import load
from tests.packs import add_exercise, change, exercise_folder, put

PROBE = """
import sys
from pathlib import Path
from runner.packs.catalogue import open_pack
pack = open_pack(Path(sys.argv[1]), Path(sys.argv[2]))
print(*pack.exercises, "pydantic" in sys.modules)
"""


def opened_in_a_new_process(root: Path, cache: Path) -> list[str]:
    """The ids of the pack, and whether the validator had to be imported for them."""
    command = [sys.executable, "-c", PROBE, str(root), str(cache)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.split()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "pack.json"


def test_the_cached_pack_equals_the_validated_one(pack_root: Path, cache: Path):
    validated = open_pack(pack_root, cache)
    assert cache.is_file()
    assert open_pack(pack_root, cache) == validated == load(pack_root)


def test_the_cache_holds_stages(pack_root: Path, cache: Path):
    checks = [{"id": "doubles"}, {"id": "doubles-zero", "stage": 2, "needs": ["doubles"], "points": 3}]
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", stages=["One", "Two"], checks=checks)
    assert open_pack(pack_root, cache) == open_pack(pack_root, cache) == load(pack_root)


def test_a_second_opening_needs_no_validator(pack_root: Path, cache: Path):
    ids = ["start/double", "shell/upper", "git/one-commit"]
    assert opened_in_a_new_process(pack_root, cache) == [*ids, "True"]
    assert opened_in_a_new_process(pack_root, cache) == [*ids, "False"]


def test_a_changed_manifest_refreshes_the_cache(pack_root: Path, cache: Path):
    open_pack(pack_root, cache)
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", title="Twice as much")
    assert open_pack(pack_root, cache).exercises["start/double"].manifest.title == "Twice as much"
    assert open_pack(pack_root, cache).exercises["start/double"].manifest.title == "Twice as much"


def test_a_change_of_the_same_size_at_another_time_refreshes_the_cache(pack_root: Path, cache: Path):
    open_pack(pack_root, cache)
    manifest = exercise_folder(pack_root, "start/double") / "exercise.toml"
    put(manifest, manifest.read_text().replace("stars = 1", "stars = 4"))
    assert open_pack(pack_root, cache).exercises["start/double"].manifest.stars == 4


def test_an_added_exercise_refreshes_the_cache(pack_root: Path, cache: Path):
    open_pack(pack_root, cache)
    add_exercise(pack_root, "start/triple")
    assert "start/triple" in open_pack(pack_root, cache).exercises


def test_a_fault_that_comes_later_is_told_in_spite_of_the_cache(pack_root: Path, cache: Path):
    open_pack(pack_root, cache)
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", stars=9)
    with pytest.raises(PackError):
        open_pack(pack_root, cache)


def spoiled(change_data: Callable[[dict[str, Any]], Any]) -> Callable[[str], bytes]:
    def spoil(text: str) -> bytes:
        data = json.loads(text)
        return json.dumps(change_data(data) or data).encode()

    return spoil


DAMAGES: dict[str, Callable[[str], bytes]] = {
    "empty": lambda text: b"",
    "torn": lambda text: text[: len(text) // 2].encode(),
    "not UTF-8": lambda text: b"\xff\xfe" + text.encode(),
    "null": lambda text: b"null",
    "a list": lambda text: b"[]",
    "too deep": lambda text: b"[" * 100_000,
    "no manifest": spoiled(lambda data: data.pop("manifest") and None),
    "manifest is a list": spoiled(lambda data: data.update(manifest=[])),
    "exercises are a list": spoiled(lambda data: data.update(exercises=[])),
    "an exercise is null": spoiled(lambda data: data["exercises"].update({"start/double": None})),
    "an exercise lacks keys": spoiled(lambda data: data["exercises"]["start/double"][1].pop("title") and None),
    "an id without a topic": spoiled(
        lambda data: data["exercises"].update({"double": data["exercises"].pop("start/double")})
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_made_again(pack_root: Path, cache: Path, damage: str):
    validated = open_pack(pack_root, cache)
    good = cache.read_text()
    cache.write_bytes(DAMAGES[damage](good))
    assert open_pack(pack_root, cache) == validated
    assert json.loads(cache.read_text()) == json.loads(good)


def test_a_cache_that_cannot_be_written_is_done_without(pack_root: Path, tmp_path: Path):
    in_the_way = put(tmp_path / "file", "")
    assert open_pack(pack_root, in_the_way / "pack.json") == load(pack_root)


def test_a_pack_that_moved_is_read_where_it_is_now(pack_root: Path, cache: Path):
    open_pack(pack_root, cache)
    moved = pack_root.with_name("moved")
    os.rename(pack_root, moved)
    assert open_pack(moved, cache).exercises["start/double"].brief.is_file()


def test_a_pack_or_an_exercise_can_require_isolation_and_the_higher_counts(pack_root: Path, tmp_path: Path):
    change(pack_root / "pack.toml", isolation="group")
    change(exercise_folder(pack_root, "shell/upper") / "exercise.toml", isolation="namespaces")
    for _ in range(2):  # read, then from the cache
        exercises = open_pack(pack_root, tmp_path / "cache").exercises
        assert exercises["start/double"].isolation == "group"
        assert exercises["shell/upper"].isolation == "namespaces"

"""`learn watch` while another program adds, updates, spoils and removes the pack that is at work."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from runner.packs.content import folder_of
from tests.end_to_end.driver import learn, no_process_left, until
from tests.packs import PHASE, add_exercise, change, exercise_folder, make_pack, put, read, toml
from tests.repositories import commit

DOUBLE = "def double(n):\n    return 2 * n\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository of another pack, `shop`."""
    made = make_pack(tmp_path / "shop", name="shop")
    commit(made)
    return made


def rename(shop: Path) -> None:
    """The next version: `start/double` is called `start/twice`, and there is one more."""
    head = read(shop / "pack.toml")
    head["phases"][0]["topics"][0]["order"] = ["twice"]
    put(shop / "pack.toml", toml(head))
    for root in ("exercises", "solutions"):
        (shop / root / PHASE / "start" / "double").rename(shop / root / PHASE / "start" / "twice")
    change(exercise_folder(shop, "start/twice") / "exercise.toml", was=["start/double"])
    add_exercise(shop, "start/triple")
    commit(shop)


def test_the_watch_follows(events: Any, root: Path, tmp_path: Path, shop: Path):
    def do(*args: str) -> int:
        """Run `learn ARGS` and return how many events there were before."""
        events.read()
        before = len(events.seen)
        done = learn(root, tmp_path, *args)
        assert done.returncode == 0, done.stderr
        return before

    def judged(since: int, pack: str, exercise: str, status: str, folder: Path | None = None) -> dict[str, Any]:
        """The first verdict with STATUS on EXERCISE of PACK among the events SINCE, in FOLDER where one is told."""

        def found() -> dict[str, Any]:
            events.read(0.1)
            seen = events.seen[since:]
            there = [each for each in seen if each["event"] == "exercise" and each["folder"] == str(folder)]
            verdicts = [each["verdict"] for each in seen if each["event"] == "verdict"]
            fitting = [
                each
                for each in verdicts
                if (each["pack"], each["exercise"], each["status"]) == (pack, exercise, status)
            ]
            return fitting[0] if fitting and (there or not folder) else {}

        verdict: dict[str, Any] = until(found, lambda: str(events.seen[since:]))
        return verdict

    judged(0, "tiny", "start/double", "failed", root / "start" / "double")
    do("pack", "add", f"{shop}@main", "--yes")
    folder = root / "shop" / "start" / "double"
    judged(do("goto", "shop/start/double"), "shop", "start/double", "failed", folder)
    now = len(events.seen)
    (folder / "double.py").write_text(DOUBLE)
    judged(now, "shop", "start/double", "passed")

    rename(shop)
    judged(do("pack", "update", "shop", "--yes"), "shop", "start/twice", "passed", folder.with_name("twice"))
    judged(do("pack", "update", "shop", "--undo"), "shop", "start/double", "passed", folder)

    pin = json.loads((root / ".learn" / "packs.lock.json").read_text())["packs"]["shop"]["now"]
    checks = exercise_folder(folder_of(root / ".learn" / "packs", pin["sha256"]), "start/double") / "checks"
    (checks / "conftest.py").write_text("import os; os._exit(0)\n")
    now = len(events.seen)
    (folder / "double.py").write_text(DOUBLE + "# saved\n")
    blocked = judged(now, "shop", "start/double", "blocked")
    assert "are not those that were added" in blocked["problem"]
    assert blocked["advice"] == "learn pack update shop"

    judged(do("pack", "remove", "shop"), "tiny", "start/double", "failed", root / "start" / "double")
    assert events.ended(signal.SIGTERM) == 143
    no_process_left(tmp_path)

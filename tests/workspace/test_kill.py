"""Kill -9 in the middle of use: no recorded pass is lost, nothing half made is met afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from runner.workspace import progress as store
from runner.workspace.place import PackSource, Settings, make
from runner.workspace.workspace import open_workspace
from tests.packs import add_exercise, make_pack

KILLS = 15
EXERCISES = 8

WORKER = """
import random, sys
from pathlib import Path
from runner.verify.verdict import Verdict
from runner.workspace.place import Place
from runner.workspace.workspace import open_workspace

workspace = open_workspace(Place(Path(sys.argv[1])))
rng = random.Random(sys.argv[2])
exercises = [each for each in workspace.exercises() if each.topic == "start"]
number = 0
while True:
    number += 1
    exercise = rng.choice(exercises)
    if number % 4 == 1:
        workspace.enter(exercise, jump=True)
    elif number % 4 == 2:
        workspace.read_hint(exercise)
    elif number % 4 == 3:
        workspace.record(Verdict("tiny", exercise.id, rng.choice(["python", "javascript"]), "0", number, "passed"))
        print(exercise.id, flush=True)
    elif workspace.folder(exercise).exists():
        workspace.reset(exercise)
"""


def killed(root: Path, number: int, moments: random.Random) -> list[str]:
    """Let a worker use the workspace, kill it at a random moment, and return the passes that it told of."""
    process = subprocess.Popen([sys.executable, "-c", WORKER, str(root), str(number)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    told = []
    try:
        for _ in range(moments.randrange(1, 6)):
            told.append(process.stdout.readline())
        limit = time.perf_counter() + moments.random() * 0.012
        while time.perf_counter() < limit:
            pass
        assert process.poll() is None, "the worker ended by itself"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        told += process.stdout.read().splitlines(keepends=True)
        process.stdout.close()
        process.wait()
    return [line.decode().strip() for line in told if line.endswith(b"\n")]


@pytest.mark.timeout(180)
def test_no_recorded_pass_is_lost_and_no_half_folder_is_met(tmp_path: Path):
    pack = make_pack(tmp_path / "pack")
    for number in range(EXERCISES):
        add_exercise(pack, f"start/times-{number}", factor=number)
    place = make(tmp_path / "learner", Settings("python", (PackSource(str(pack)),)))
    moments = random.Random(2)
    passed: set[str] = set()
    torn = 0
    for number in range(KILLS):
        passed |= set(killed(place.root, number, moments))
        torn += bool(list(place.own.glob("**/*.new")) or list(place.making.glob("*")))
        workspace = open_workspace(place)
        progress = workspace.progress()
        recorded = {name for name, record in progress.packs["tiny"].items() if record.passed}
        in_history = {entry["exercise"] for entry in store.read_history(place.history)}
        assert passed <= recorded
        assert in_history == recorded, "the history and the progress agree on what is passed"
        assert workspace.notes == [], "no damage was met"
        for exercise in workspace.exercises():
            folder = workspace.folder(exercise)
            if folder.exists():
                assert {path.name for path in folder.iterdir()} == {
                    "README.md",
                    f"{exercise.slug.replace('-', '_')}.py",
                }
                assert workspace.laid(exercise).content
        passed |= recorded
    assert len(passed) > 1
    with open_workspace(place).changing():
        pass
    left = [path for path in place.own.rglob("*") if path.name.endswith(".new")]
    assert left == []
    assert list(place.making.glob("*")) == []
    kept = list(place.kept.iterdir())
    with contextlib.suppress(FileNotFoundError):
        print(f"{KILLS} kills, {torn} of them with something half written, {len(kept)} folders kept")
    assert all((folder / "README.md").is_file() for folder in kept)
    assert json.loads(place.progress.read_text())["schema"] == 1

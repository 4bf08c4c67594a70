"""Killed at random moments of use: no recorded pass is lost, and nothing is left behind."""

import contextlib
import json
import os
import random
import signal
import time
from pathlib import Path

from runner.workspace.workspace import Workspace
from tests.end_to_end.driver import (
    Events,
    Watch,
    learn,
    lock_is_free,
    no_process_left,
    processes,
    temporary_folders,
    until,
)
from tests.end_to_end.saves import in_place, truncate_then_write_twice, write_and_rename
from tests.packs import add_exercise

COUNT = int(os.environ.get("STRESS_KILLS", "25"))
SEED = int(os.environ.get("STRESS_SEED", "1"))
FACTORS = {"double": 2, **{f"times-{factor}": factor for factor in range(3, 13)}}
"""The exercises of the pack and what their functions multiply by."""

LONGEST = 0.8
"""Seconds of use at most: starting takes about a quarter of them."""

KEYS = ["n", "r", "h", "b", "l", "down", "enter", "x", "y", "s", "escape", "e"]


def passes(root: Path) -> set[str]:
    """What is recorded as passed; fails where the file is not whole."""
    data = json.loads((root / ".learn" / "progress.json").read_text())
    return {name for records in data["packs"].values() for name, record in records.items() if record["passed"]}


def current_file(root: Path) -> Path:
    """The file that the learner is at."""
    _, name = json.loads((root / ".learn" / "progress.json").read_text())["current"]
    slug = name.partition("/")[2]
    return root / name / f"{slug.replace('-', '_')}.py"


def save_something(rng: random.Random, root: Path, *, right: bool) -> None:
    """Save a right or a wrong answer where the learner is, if a file lies there at this moment."""
    file = current_file(root)
    if file.parent.name not in FACTORS:
        return
    function, factor = file.stem, FACTORS[file.parent.name]
    text = f"def {function}(n):\n    return n * {factor if right else factor + 1}  # {rng.randrange(10**6)}\n"
    with contextlib.suppress(FileNotFoundError):
        rng.choice([in_place, write_and_rename, truncate_then_write_twice])(file, text)


def use(rng: random.Random, window: Watch, root: Path, seconds: float) -> None:
    """Use the program for so long: keys and saves, as they come."""
    moment = time.monotonic() + seconds
    while time.monotonic() < moment:
        if rng.random() < 0.5:
            save_something(rng, root, right=rng.random() < 0.7)
        else:
            window.send(rng.choice(KEYS))
        pause = min(moment, time.monotonic() + rng.uniform(0, 0.06))
        while time.monotonic() < pause:
            window.text()


def pass_the_next_one(rng: random.Random, window: Watch, root: Path, *, seen: bool) -> None:
    """Save a right answer, and come back amid what it brings about.

    The verdict is shown, the pass recorded, the next exercise laid out, its checks collected.

    Args:
        seen: come back only after the pass was shown, however slow the machine is.
    """
    if "n next" in window.wait_for("checks pass"):
        window.send("n")
        window.wait_for("checks pass", gone=["n next"])
    save_something(rng, root, right=True)
    if seen:
        window.wait_for("n next")
    moment = time.monotonic() + rng.uniform(0, 0.15)
    while time.monotonic() < moment:
        window.text()


def kill(window: Watch, tmp_path: Path, *, all_of_it: bool) -> None:
    """Kill the program; or, as a machine that runs out of memory may, its checkers and their runs as well."""
    # Stopped first, all of them: else a checker may tidy up between the two kills. The program itself before the others
    # are counted: it may be starting one, which would tidy up after them.
    send([window.pid], signal.SIGSTOP)
    pids = [window.pid, *(processes(tmp_path) if all_of_it else [])]
    send(pids, signal.SIGSTOP)
    send(pids, signal.SIGKILL)


def send(pids: list[int], number: int) -> None:
    """Send a signal to those of PIDS that are still there."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def left_in(root: Path) -> list[str]:
    """What a program that was killed may have left half made in the workspace."""
    own = root / ".learn"
    return [path.name for path in [*own.rglob("*.new"), *own.glob("making/*")]]


def test_killed_at_random_moments(workspace: Workspace, pack_root: Path, tmp_path: Path):
    for factor in range(3, 13):
        add_exercise(pack_root, f"start/times-{factor}", factor=factor)
    rng, root = random.Random(SEED), workspace.root
    known: set[str] = set()
    for number in range(COUNT):
        window = Watch(root, tmp_path, env={"EDITOR": "true"})
        try:
            if number % 2:
                pass_the_next_one(rng, window, root, seen=number % 4 == 1)
            else:
                use(rng, window, root, rng.uniform(0, LONGEST))
            kill(window, tmp_path, all_of_it=number % 5 == 4)
            assert window.ended() == -signal.SIGKILL, window.text()
            shown = window.text()
        finally:
            window.close()
        assert lock_is_free(root)
        found = passes(root)
        assert known <= found, f"lost after {number + 1} kills, seed {SEED}: {known - found}"
        if "Done, and nothing forgotten." in shown:
            # This line comes when the pass is recorded: what was on screen is not lost either.
            assert shown.split()[0] in found, f"shown as passed and lost, seed {SEED}\n{shown}"
        known = found
        no_process_left(tmp_path)
    assert len(known) >= min(8, COUNT // 5), "too few passes for anything to be lost"
    assert not list((root / ".learn").glob("progress.unreadable*"))
    window = Watch(root, tmp_path)
    window.wait_for("checks pass")
    kill(window, tmp_path, all_of_it=True)
    window.close()
    no_process_left(tmp_path)
    assert temporary_folders(tmp_path), "nothing was left, so nothing can be tidied up"
    goes_on_as_if_nothing_had_been(root, tmp_path)
    assert known <= passes(root)


def abandoned(tmp_path: Path) -> set[str]:
    """The owners of temporary folders that are no more."""
    owners = {name.partition("-")[0] for name in temporary_folders(tmp_path)}
    return owners - {str(pid) for pid in processes(tmp_path)}


def goes_on_as_if_nothing_had_been(root: Path, tmp_path: Path) -> None:
    """After the next start, every file left half made is gone, and a save is checked as ever."""
    done = learn(root, tmp_path, "goto", "double")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    events = Events(root, tmp_path)
    try:
        (root / "start" / "double" / "double.py").write_text("def double(n):\n    return n + n  # at last\n")
        events.verdict("passed")
        # A checker may begin or end between the two looks.
        until(lambda: not abandoned(tmp_path), lambda: f"of processes that are no more: {abandoned(tmp_path)}")
        assert events.ended(signal.SIGTERM) == 143
    finally:
        events.close()
    no_process_left(tmp_path)
    assert temporary_folders(tmp_path) == []
    assert left_in(root) == []
    until(lambda: lock_is_free(root), lambda: "the lock is free")

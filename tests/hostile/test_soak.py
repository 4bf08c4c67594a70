"""Hostile answers in a row on checkers that are kept: at the end they take from the machine what they took at first.

`SOAK=1000 pytest tests/hostile/test_soak.py --timeout=7200` tries more of them than the few that every run of the suite
tries; `STRESS_SEED` draws others, `SOAK_LEVEL` has them at another level of isolation than the best.
"""

from __future__ import annotations

import contextlib
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from runner.authoring.attacks import Attack, Outcome, Range, exercise_of, read_attacks
from runner.isolation import BEST, Level, enough
from runner.verify.client import AHEAD
from tests.end_to_end.driver import until
from tests.verify.exercises import nurseries

COUNT = int(os.environ.get("SOAK", "40"))
SEED = int(os.environ.get("STRESS_SEED", "1"))
LEVEL: Level = os.environ.get("SOAK_LEVEL", BEST)  # type: ignore[assignment]
SECONDS = 20.0
"""Seconds after which a short soak draws no more attacks, however many it has tried: some take their whole limit."""

KERNELS = ("shm", "sem", "msg")
"""What the kernel keeps for programs that are gone, a line each."""

POSTGRESQL = "56"
"""Bytes of the one segment that PostgreSQL has of this kind, its `PGShmemHeader`."""

MOST_GROWTH = 4.0
"""MiB by which a checker may have grown: what Python's allocator keeps of its largest moment."""

FEWEST = 10
"""Attacks that have to be tried for the soak to mean anything."""

Key = tuple[str, str]


def children(pid: int) -> list[int]:
    """The processes below PID, at any depth."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return [*found, *(each for child in found for each in children(child))]


def memory(pid: int) -> float:
    """MiB of PID's memory that are in use."""
    (line,) = [each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024


def descriptors(pid: int) -> int:
    """The open files of PID; where they are private, the room that it has for some, which only ever grows."""
    with contextlib.suppress(PermissionError):
        return len(os.listdir(f"/proc/{pid}/fd"))
    (line,) = [each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith("FDSize:")]
    return int(line.split()[1])


def files_below(folder: Path) -> int:
    """The files and folders below FOLDER."""
    return sum(len(folders) + len(files) for _, folders, files in os.walk(folder))


class Checkers:
    """The ranges in use, one for each kind and language, and what their processes take."""

    def __init__(self, place: Path, temporary: Path) -> None:
        self.ranges: dict[Key, Range] = {}
        self._place = place
        self._temporary = temporary
        self.memory_at_first: dict[Key, float] = {}
        self.files_at_first: dict[Key, int] = {}

    def range_for(self, attack: Attack) -> Range:
        """The range for ATTACK; a new one is tried once before it is measured."""
        key = (attack.kind, attack.language)
        if key not in self.ranges:
            folder = self._place / "-".join(key)
            folder.mkdir()
            self.ranges[key] = made = Range(exercise_of(attack), attack.language, LEVEL, folder, ahead=AHEAD)
            assert not harm(made.try_out(attack))
            self._settle(key)
            pid = self.pid(key)
            self.memory_at_first[key], self.files_at_first[key] = memory(pid), descriptors(pid)
        return self.ranges[key]

    def pid(self, key: Key) -> int:
        """The process of a checker."""
        return self.ranges[key].checker.pid

    def processes(self) -> dict[Key, int]:
        """How many processes each checker has below it."""
        return {key: len(children(self.pid(key))) for key in self.ranges}

    def waiting(self) -> dict[Key, int]:
        """How many runs of each checker wait, as its temporary folder tells."""
        own = self._temporary / f"backendlings-{os.getuid()}"
        return {
            key: sum(1 for folder in own.glob(f"{self.pid(key)}-*") for _ in folder.iterdir()) for key in self.ranges
        }

    def _settle(self, key: Key) -> None:
        """Wait until as many runs of a checker wait as ahead of a person's saves."""
        until(lambda: self.waiting()[key] == AHEAD and self._still(), lambda: f"{key}: {self.waiting()}")

    def settle(self) -> None:
        """Wait until all is as between two saves."""
        for key in self.ranges:
            self._settle(key)

    def _still(self) -> bool:
        """Whether no process has come or gone for a moment."""
        before, moment = self.processes(), time.monotonic() + 0.2
        while time.monotonic() < moment:
            if self.processes() != before:
                return False
        return True


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of our own, so that nobody else's files are counted."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def shared() -> set[str]:
    """What the kernel keeps for programs, by key and id; mounts; and the names where every program may write.

    Without those of PostgreSQL, which other tests start, and kill, meanwhile.
    """
    segments = [line.split() for line in lines(Path("/proc/sysvipc/shm"))]
    kept = {f"{kind} {line.split()[:2]}" for kind in KERNELS for line in lines(Path("/proc/sysvipc", kind))}
    kept -= {f"shm {fields[:2]}" for fields in segments if fields[3] == POSTGRESQL}
    names = {str(each) for folder in ("/dev/shm", "/dev/mqueue") for each in Path(folder).glob("*")}
    names -= {str(each) for each in Path("/dev/shm").glob("PostgreSQL.*")}
    return kept | names | lines(Path("/proc/self/mounts"))


def lines(path: Path) -> set[str]:
    """The lines of a file that not every kernel has."""
    return set(path.read_text().splitlines()) if path.exists() else set()


@pytest.mark.timeout(max(120, COUNT * 10))
def test_many_hostile_answers_in_a_row_leave_everything_as_it_was(tmp_path: Path, temporary: Path):
    rng = random.Random(SEED)
    attacks = [each for each in read_attacks() if enough(LEVEL, each.case.level)]
    before, others = shared(), set(children(os.getpid()))  # such as an engine that other tests have used
    checkers = Checkers(tmp_path, temporary)
    statuses: Counter[str] = Counter()
    tell = print if COUNT > 100 else lambda *words, **more: None
    try:
        # One of each first, so that what is there at the beginning is what is there at the end.
        for attack in {(each.kind, each.language): each for each in attacks}.values():
            checkers.range_for(attack)
        processes, files = checkers.processes(), files_below(temporary)
        began = time.monotonic()
        for number in range(COUNT):
            attack = rng.choice(attacks)
            outcome = checkers.range_for(attack).try_out(attack)
            assert not harm(outcome), (attack.name, outcome.faults, f"number {number}, seed {SEED}", outcome.verdict)
            statuses[outcome.verdict.status] += 1
            if number % 50 == 0:
                tell(number, round(time.monotonic() - began), dict(statuses), told(checkers), flush=True)
            if COUNT <= 100 and time.monotonic() - began > SECONDS:
                break
        checkers.settle()
        tell(sum(statuses.values()), round(time.monotonic() - began), dict(statuses), told(checkers), flush=True)
        assert sum(statuses.values()) >= min(COUNT, FEWEST)
        assert checkers.processes() == processes
        assert files_below(temporary) == files
        for key, at_first in checkers.memory_at_first.items():
            assert memory(checkers.pid(key)) <= at_first + MOST_GROWTH, key
            assert descriptors(checkers.pid(key)) <= checkers.files_at_first[key], key
    finally:
        for each in checkers.ranges.values():
            each.close()
    until(lambda: shared() <= before, lambda: f"left: {shared() - before}")  # other tests' own go away by themselves
    own = temporary / f"backendlings-{os.getuid()}"
    assert os.listdir(own) == [] and os.listdir(temporary) == [own.name]
    ours = others | nurseries()  # a nursery collects a checker a moment after its end
    until(lambda: set(children(os.getpid())) <= ours, lambda: f"still running: {set(children(os.getpid())) - ours}")


def harm(outcome: Outcome) -> list[str]:
    """What OUTCOME did, beyond being refused in another way than its row says.

    On a machine with other things to do, the limit of time ends many an answer before it comes to its own end.
    """
    about_the_row = () if outcome.verdict.passed else ("its verdict is ", "its message does not say ")
    return [each for each in outcome.faults if not (about_the_row and each.startswith(about_the_row))]


def told(checkers: Checkers) -> dict[str, tuple[float, float, int, int]]:
    """For each checker: its memory at first and now, its open files, its processes."""
    return {
        "-".join(key): (
            round(checkers.memory_at_first[key], 1),
            round(memory(checkers.pid(key)), 1),
            descriptors(checkers.pid(key)),
            count,
        )
        for key, count in checkers.processes().items()
    }


def test_the_measures_tell_what_they_should(tmp_path: Path):
    """Otherwise the soak could not fail."""
    import subprocess

    pid = os.getpid()
    files, size, below = descriptors(pid), memory(pid), len(children(pid))
    held = [(tmp_path / str(number)).open("w") for number in range(300)]
    kept = bytearray(os.urandom(1)) * (32 << 20)
    child = subprocess.Popen(["bash", "-c", "sleep 60 & wait"], start_new_session=True)
    try:
        assert descriptors(pid) > files
        assert memory(pid) > size + MOST_GROWTH
        until(lambda: len(children(pid)) == below + 2, lambda: f"{children(pid)}")
        assert files_below(tmp_path) == 300
    finally:
        os.killpg(child.pid, 9)
        child.wait()
        for file in held:
            file.close()
    assert kept

"""Packs: one of a thousand exercises beside one of ten, and `learn pack check` beside one pytest process an answer.

Commands of one process are judged by the processor time that they take, which is their time on a machine with nothing
else to do; the least time by the clock stands beside it. What is compared takes turns, and is judged by the ratio of
medians.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks import common
from benchmarks.common import Failed, met, table
from runner.authoring.answers import Answer, read_answers
from runner.authoring.bench import Bench
from runner.authoring.gates import check_pack, empty
from runner.cli.pack_check import JOBS
from runner.packs.catalogue import builtin_root
from runner.packs.load import load
from runner.packs.models import Exercise, Pack
from runner.verify import nursery
from runner.verify.trial import engines_of
from tests.packs import PHASE, make_pack, put, toml

SIZES = (10, 1000)
PER_TOPIC = 50

LIST_LIMIT = 0.5
"""Seconds that `learn list` may take."""

WATCH_LIMIT = 1.0
"""Seconds until `learn watch` shows its exercise."""

MEMORY_LIMIT = 1.25
"""Times the memory of `learn watch` on a pack of ten that it may have on one of a thousand."""

SAVES = 30
"""Saves after which the memory is looked at again."""

GROWTH_LIMIT = 1.05
"""Times the memory after the first verdict that it may have after those saves."""

CHECK_LIMIT = 3.0
"""Times as quick that `learn pack check` must be."""

SAMPLE = (
    "start/hello-learn",
    "programming/boundaries",
    "programming/money-from-text",
    "shell/streams",
    "git/first-commits",
    "framework/hello-route",
)
"""Exercises of the built-in pack that are tried unless `--all` is given."""

SEEDS = (1, 2)


def main() -> int:
    parser = common.parser(__doc__, rounds=5, only=("size", "check"))
    parser.add_argument("--all", action="store_true", help="try all answers of the built-in pack, not of a sample")
    asked = parser.parse_args()
    parts = asked.only or ("size", "check")
    print(f"{common.machine()}; {asked.rounds} rounds.\n")
    reached = []
    if "size" in parts:
        reached.append(sizes(asked.rounds))
    if "check" in parts:
        reached.append(checks(asked.rounds, everything=asked.all))
    return 0 if all(reached) else 1


# A thousand exercises


@dataclass
class Measured:
    """What was measured on the pack of one size: of each command (processor time, time) in seconds; memory in kB."""

    work: Path
    times: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    memory: list[int] = field(default_factory=list)
    later: list[int] = field(default_factory=list)


def sizes(rounds: int) -> bool:
    """Measure, print the tables, and tell whether the targets are reached."""
    with common.temporary() as folder:
        found = {size: Measured(workspace(folder, size)) for size in SIZES}
        for _ in range(rounds):
            for each in found.values():
                common.wait_for_calm()
                take_turn(each)
    few, many = (found[size] for size in SIZES)
    rows, reached = [], True
    for name in many.times:
        limit = LIST_LIMIT if "list" in name else WATCH_LIMIT
        used = [statistics.median(cpu for cpu, _ in each.times[name]) for each in (few, many)]
        least = [min(clock for _, clock in each.times[name]) for each in (few, many)]
        good = used[1] < limit
        reached = reached and good
        rows.append([name, *(f"{seconds:.2f}" for seconds in (*used, *least)), f"{limit:g}", met(good)])
    words = ("processor, median", "clock, least")
    head = ["seconds", *(f"{each} of {size}" for each in words for size in SIZES), "processor under", "reached"]
    print(table(head, rows), "\n")
    return memory(few, many) and reached


def memory(few: Measured, many: Measured) -> bool:
    """The table of the memory, and whether it is flat."""
    base, large, later = (statistics.median(each) / 1024 for each in (few.memory, many.memory, many.later))
    rows = [
        ["10 exercises, after a verdict", f"{base:.1f}", "", "", ""],
        ["1000 exercises, after a verdict", f"{large:.1f}", f"{large / base:.2f}", f"{MEMORY_LIMIT:g}"],
        [f"1000 exercises, {SAVES} saves later", f"{later:.1f}", f"{later / large:.2f}", f"{GROWTH_LIMIT:g}"],
    ]
    good = [large / base <= MEMORY_LIMIT, later / large <= GROWTH_LIMIT]
    rows[1].append(met(good[0]))
    rows[2].append(met(good[1]))
    print(table(["memory of `learn watch`", "MB", "times the one above", "at most", "reached"], rows), "\n")
    return all(good)


def workspace(folder: Path, size: int) -> Path:
    """A workspace with a pack of SIZE exercises."""
    pack, work = folder / f"pack-{size}", folder / f"work-{size}"
    big_pack(pack, size)
    common.make_workspace(pack, work, "topic-00/double-0000")
    return work


def big_pack(root: Path, size: int) -> None:
    """A pack of SIZE exercises in topics of 50, each with starters, checks and answers of its own."""
    make_pack(root, name=f"of-{size}")
    topics: dict[str, list[str]] = {}
    for number in range(size):
        topic, slug = f"topic-{number // PER_TOPIC:02}", f"double-{number:04}"
        topics.setdefault(topic, []).append(slug)
        for part in ("exercises", "solutions"):
            shutil.copytree(root / part / PHASE / "start" / "double", root / part / PHASE / topic / slug)
    for part, topic in ((part, topic) for part in ("exercises", "solutions") for topic in ("start", "shell", "git")):
        shutil.rmtree(root / part / PHASE / topic)
    listed = [{"id": topic, "title": topic, "order": slugs} for topic, slugs in topics.items()]
    phase = {"id": PHASE, "title": "All of them", "months": "1", "topics": listed}
    put(root / "pack.toml", toml({"format": 1, "name": f"of-{size}", "title": f"Of {size}", "phases": [phase]}))


def take_turn(measured: Measured) -> None:
    """Measure everything once: with the catalogue's cache, and without it."""
    for cache in ("cache", "no cache"):
        for command, act in (("list", listed), ("watch", watched)):
            if cache == "no cache":
                shutil.rmtree(measured.work / ".learn" / "cache", ignore_errors=True)
            taken = act(measured, cache == "cache")
            measured.times.setdefault(f"`learn {command}`, {cache}", []).append(taken)


def listed(measured: Measured, cached: bool) -> tuple[float, float]:
    """What `learn list` takes."""
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(
        [common.learn(), "list"], cwd=measured.work, env=common.environment(), capture_output=True, check=True
    )
    after, seconds = os.times(), time.perf_counter() - began
    if b"double-0009" not in done.stdout:
        raise Failed("learn list did not list the exercises")
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return used, seconds


def watched(measured: Measured, cached: bool) -> tuple[float, float]:
    """What it takes until `learn watch --json` has named its exercise; its memory is kept once for each round."""
    command = [common.learn(), "watch", str(measured.work), "--json"]
    began = time.perf_counter()
    process = subprocess.Popen(command, env=common.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        wait_for(process, "exercise")
        taken = processor_time(process.pid), time.perf_counter() - began
        if cached:
            wait_for(process, "verdict")
            measured.memory.append(resident(process.pid))
            save_often(process, measured.work / "topic-00" / "double-0000" / "double.py")
            measured.later.append(resident(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()
    return taken


def save_often(process: subprocess.Popen[bytes], file: Path) -> None:
    """Save FILE many times, wrong each time, and wait for each verdict."""
    for number in range(SAVES):
        common.save_atomically(file, f"def double(n):\n    return {number} + {random.random()}\n")
        wait_for(process, "verdict")


def wait_for(process: subprocess.Popen[bytes], event: str) -> None:
    """Read what the program tells until it tells of EVENT."""
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line).get("event") == event:
            return
    raise Failed(f"learn watch ended without the event {event}")


def processor_time(pid: int) -> float:
    """The processor time of one process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> int:
    """The memory of a process in kB (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])


# The gates


def checks(rounds: int, *, everything: bool) -> bool:
    """Try the same answers by the gates, and by a pytest process for each; print the times and how many.

    Gates take as many jobs as `learn pack check` does unless told. The processes run one after another, as a loop over
    answers has them: that is what the target is for. They also run as many at a time as the gates do.
    """
    pack = load(builtin_root())
    ids = [each.id for each in pack.exercises.values() if usable(each) and (everything or each.id in SAMPLE)]
    rounds = 1 if everything else rounds
    ways: dict[str, Callable[[Pack, list[str]], int]] = {
        f"`learn pack check`, {JOBS} at a time": by_gates,
        "a process each, one after another": partial(by_processes, 1),
        f"a process each, {JOBS} at a time": partial(by_processes, JOBS),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    runs = {}
    for _ in range(rounds):
        for name, way in ways.items():
            common.wait_for_calm()
            began = time.perf_counter()
            runs[name] = way(pack, ids)
            times[name].append(time.perf_counter() - began)
    ours, *theirs = (statistics.median(each) for each in times.values())
    good = theirs[0] / ours >= CHECK_LIMIT
    rows = [[name, str(runs[name]), f"{statistics.median(each):.1f}", "", "", ""] for name, each in times.items()]
    for row, their in zip(rows[1:], theirs, strict=True):
        row[3] = f"{their / ours:.1f}"
    rows[1][4:] = [f"{CHECK_LIMIT:g}", met(good)]
    print(table([f"{len(ids)} exercises", "runs", "median s", "times ours", "at least", "reached"], rows))
    return good


def usable(exercise: Exercise) -> bool:
    """Whether all engines that it needs are here."""
    return not any(engines_of(exercise, language)[1] for language in exercise.languages)


def by_gates(pack: Pack, ids: list[str]) -> int:
    """All gates, as `learn pack check` puts answers through them; the number of runs."""
    return check_pack(pack, ids, list(SEEDS), JOBS).runs


def by_processes(jobs: int, pack: Pack, ids: list[str]) -> int:
    """The same runs, each by a program of its own that loads pytest and collects; their number."""
    units = [
        (exercise, language, answer, seed)
        for exercise in map(pack.exercises.__getitem__, ids)
        for language in exercise.languages
        for answer, seed in tries(exercise, language)
    ]
    with multiprocessing.get_context("fork").Pool(jobs, nursery.afresh, maxtasksperchild=1) as workers:
        return sum(workers.starmap(try_alone, units, chunksize=1))


def tries(exercise: Exercise, language: str) -> list[tuple[Answer | None, int]]:
    """What the gates try: both starters, right answers on each seed, wrong ones on the first."""
    answers = [each for each in read_answers(exercise)[0] if language in each.languages(exercise)]
    right = [(each, seed) for each in answers if each.expectation is None for seed in SEEDS]
    wrong = [(each, SEEDS[0]) for each in answers if each.expectation]
    return [(None, SEEDS[0]), (None, SEEDS[1]), *right, *wrong]


def try_alone(exercise: Exercise, language: str, answer: Answer | None, seed: int) -> int:
    """One run by a process of its own; without ANSWER of the untouched starter, or of the emptied one."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as place:
        bench = Bench(exercise, language, engines_of(exercise, language)[0], Path(place))
        try:
            if answer:
                bench.answer(answer, seed)
            else:
                bench.verdict(SEEDS[0], (lambda folder: None) if seed == SEEDS[0] else empty)
        finally:
            bench.close()
    return 1


if __name__ == "__main__":
    sys.exit(main())

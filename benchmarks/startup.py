"""How long `learn --help` and `learn hint` take from a cold start, beside the bare interpreter."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.common import (
    arguments,
    environment,
    learn,
    machine,
    make_pack,
    make_workspace,
    met,
    table,
    temporary,
    wait_for_calm,
)

TARGET = 6.0
"""Times `python -c pass` that a command may take."""


def main() -> int:
    rounds = arguments(__doc__).rounds
    with temporary() as folder:
        pack = make_pack(folder / "pack")
        work = make_workspace(pack, folder / "work", "programming/boundaries")
        times = measure(work, rounds)
    base = statistics.median(times["python -c pass"])
    rows, missed = [], False
    for name, each in times.items():
        median = statistics.median(each)
        ratio = median / base
        missed = missed or ratio > TARGET
        goal = "" if name == "python -c pass" else met(ratio <= TARGET)
        rows.append([f"`{name}`", f"{median * 1000:.1f}", f"{min(each) * 1000:.1f}", f"{ratio:.1f}", goal])
    print(f"{machine()}; medians of {rounds}, interleaved.\n")
    print(table(["command", "median ms", "least ms", f"times `python -c pass` (at most {TARGET:g})", "reached"], rows))
    return 1 if missed else 0


def measure(work: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds of each command, one after the other in each round; a first round fills the caches and is dropped."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "learn --help": [learn(), "--help"],
        "learn hint": [learn(), "hint"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        wait_for_calm()
        for name, command in commands.items():
            seconds = run(command, work)
            if number:
                times[name].append(seconds)
    return times


def run(command: Sequence[str], folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())

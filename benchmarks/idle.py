"""The share of a core that `learn watch` takes while nobody does anything."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from benchmarks import common
from benchmarks.common import FRAME_END, Terminal

EXERCISES = ("programming/boundaries", "git/first-commits")
SECONDS = 20.0
"""How long one window is."""

SETTLED = 3.0
"""Seconds after the verdict when the standbys are warm and the files no longer count as just written."""

ALONE = 32.0
"""Seconds without a save after which the learner counts as gone."""

MOST_PERCENT = 1.0
"""The target, in percent of one core."""


def main() -> int:
    rounds = common.arguments(__doc__, rounds=1).rounds
    if not Path("/proc/self/stat").exists():
        sys.exit("This benchmark reads /proc, which this system does not have.")
    rows, reached = [], True
    with common.temporary() as folder:
        pack = common.make_pack(folder / "pack")
        terminals = {name: started(pack, folder, name) for name in EXERCISES}
        try:
            for title, after in (("after a verdict", SETTLED), ("left alone", ALONE)):
                time.sleep(max(0.0, began_at(terminals) + after - time.monotonic()))
                count = rounds if after == ALONE else 1  # no second one fits before the learner counts as gone
                for name, percents in windows(terminals, count).items():
                    worst = max(percents)
                    reached = reached and worst < MOST_PERCENT
                    rows.append([f"{name}, {title}", f"{worst:.2f}", common.met(worst < MOST_PERCENT)])
        finally:
            for terminal, _ in terminals.values():
                terminal.close()
    print(f"{common.machine()}; windows of {SECONDS:g} s.\n")
    print(common.table(["`learn watch` on", "% of a core", f"under {MOST_PERCENT:g} %"], rows))
    return 0 if reached else 1


def started(pack: Path, folder: Path, exercise: str) -> tuple[Terminal, float]:
    """`learn watch` on EXERCISE that has shown its first verdict, and when."""
    root = folder / exercise.replace("/", "-")
    common.make_workspace(pack, root, exercise)
    terminal = Terminal([common.learn(), "watch", str(root)], folder, common.environment())
    return terminal, terminal.until(rb"\d of \d checks pass" + FRAME_END)


def began_at(terminals: dict[str, tuple[Terminal, float]]) -> float:
    """When the last of them had shown its verdict."""
    return max(began for _, began in terminals.values())


def windows(terminals: dict[str, tuple[Terminal, float]], count: int) -> dict[str, list[float]]:
    """The percent of a core that each took in each of COUNT windows."""
    found: dict[str, list[float]] = {name: [] for name in terminals}
    for _ in range(count):
        before = {name: seconds_of(terminal.pid) for name, (terminal, _) in terminals.items()}
        began = time.monotonic()
        time.sleep(SECONDS)
        for name, (terminal, _) in terminals.items():
            used = seconds_of(terminal.pid) - before[name]
            found[name].append(100 * used / (time.monotonic() - began))
    return found


def seconds_of(pid: int) -> float:
    """The processor time of process PID and of all below it, ended ones included."""
    parents: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
            ticks[int(folder.name)] = sum(map(int, fields[11:15]))  # its own, and its ended children's
    total, pending = 0, [pid]
    while pending:
        each = pending.pop()
        total += ticks.get(each, 0)
        pending += parents.get(each, [])
    return total / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())

"""`learn watch` that also notes when its verdicts came: `python -m benchmarks.timed_watch WORKSPACE FILE`.

For each verdict it adds one line of JSON to FILE: when it came, in seconds of `time.monotonic()`, which is the same
clock in every process of a machine; how long the run took from its request on; and how much of that were the checks.
The loop and the screen are those of `learn watch`.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from runner.watch.faces import Screen
from runner.watch.loop import Loop
from runner.watch.state import Ended, Event, State
from runner.workspace.workspace import find_workspace


class TimedScreen(Screen):
    """The screen of `learn watch`, with a note of each verdict that it was given to show."""

    def __init__(self, notes: Path) -> None:
        super().__init__()
        self._notes = notes

    def show(self, state: State, event: Event | None) -> None:
        came = time.monotonic()
        super().show(state, event)
        if isinstance(event, Ended) and state.verdict:
            checks = sum(each.duration_ms for each in state.verdict.checks) / 1000
            note = {"came": came, "run": state.verdict.duration_ms / 1000, "checks": checks}
            with self._notes.open("a", encoding="utf-8") as file:
                file.write(json.dumps(note) + "\n")


def main() -> int:
    workspace = find_workspace(Path(sys.argv[1]))
    loop = Loop(workspace, TimedScreen(Path(sys.argv[2])))
    return loop.run(workspace.current(workspace.progress()))


if __name__ == "__main__":
    sys.exit(main())

"""What one run knows: where the learner's files are, the limits, the seed. One run a process, so one value."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from runner.isolation import Level

MOST_OUTPUT = 4 * 1024 * 1024
"""Bytes that one program may print before it is ended."""

KEPT_OUTPUT = 16 * 1024
"""Bytes of the learner's own output that a verdict keeps."""

MOST_FILE = 256 * 1024 * 1024
"""Bytes that one file written by the learner's program may reach (RLIMIT_FSIZE)."""

MOST_PROCESSES = 256
"""Processes and threads that the programs of one run may have at once (RLIMIT_NPROC), where they can be counted."""

MOST_UNCHARGED = 0.6
"""Seconds by which a run may exceed its timeout while programs are ended and started; less than the grace that the
checker gives it."""


@dataclass
class Context:
    """The facts of one run.

    Args:
        work: the run's own copy of the learner's folder; the learner's code runs here.
        scratch: an empty folder for what checks make; removed with the run.
        language: `python`, `javascript`, or empty.
        timeout: seconds that the whole run may take.
        memory: MiB that each of the learner's programs may use.
        tools: full paths of the programs that the run uses, by name.
        started: told the process id, also the group's, of each program that the run starts.
        servers: how to reach the servers among them, by name; what it takes differs.
        ahead: handles that each child of the learner's opens before it takes a call, as a program does at its start.
        isolation: the level that the run has.
        spares: processes to start ahead that then become the learner's program, each at one of its starts.
        starts: how often it was started so far.
        clock: the file that tells how far the clock of the learner's programs is moved, if checks move it.
        fence: called in each program about to start; closes off what it must not see.
        sweep: ends what the learner's programs started and left, but not the programs that the run started itself.
        reap: collects those of them that have ended, so that a script which waits for one sees it gone.
    """

    work: Path
    scratch: Path
    language: str
    timeout: float
    memory: int
    tools: dict[str, str]
    started: Callable[[int], None]
    servers: dict[str, dict[str, str]] = field(default_factory=dict)
    ahead: list[Any] = field(default_factory=list)
    isolation: Level = "group"
    spares: int = 1
    starts: int = 0
    clock: Path | None = None
    fence: Callable[[], None] = lambda: None
    sweep: Callable[[], None] = lambda: None
    reap: Callable[[], None] = lambda: None
    seed: int = 0
    given: dict[str, Any] = field(default_factory=dict)
    deadline: float = 0.0
    spare: float = MOST_UNCHARGED
    output: bytearray = field(default_factory=bytearray)
    last_call: str = ""
    last_command: str = ""
    last_request: str = ""

    def begin(self, seed: int, given: dict[str, Any]) -> None:
        """Start the clock of the run."""
        self.seed = seed
        self.given = given
        self.deadline = time.monotonic() + self.timeout

    @contextlib.contextmanager
    def uncharged(self) -> Iterator[None]:
        """Time in this block is not the learner's: the run's deadline moves by it, by `MOST_UNCHARGED` in all."""
        began = time.monotonic()
        try:
            yield
        finally:
            more = min(time.monotonic() - began, self.spare)
            self.spare -= more
            self.deadline += more

    def budget(self) -> float:
        """Seconds that the next step of the learner's program may take: half of what the run has left.

        So one endless loop cannot take the time of the checks after it, and all of them together still
        end within the run's timeout.
        """
        return max(0.05, (self.deadline - time.monotonic()) / 2)

    def rng(self, check: str) -> random.Random:
        """The check's own random numbers, the same whenever the seed is the same."""
        return random.Random(f"{self.seed}:{check}")

    def record(self, data: bytes) -> None:
        """Keep what the learner's program printed, up to the cap."""
        self.output += data[: max(0, KEPT_OUTPUT - len(self.output))]

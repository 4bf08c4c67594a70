"""The fixture `clock`: moves the time that the learner's programs see, without waiting and without their help.

Each Python or Node that a run starts reads how far its clock is moved from a file of the run's, whenever the program
asks for the time: `time.time`, `datetime.now`, `date.today` and their like, `Date`. What is not moved: sleeping, timers
and limits of time; monotonic clocks; what other programs see, such as `date` in a shell; the time stamps of files; the
clocks of servers and that of SQLite (`datetime('now')`).
"""

from __future__ import annotations

import os
import struct
import time
from datetime import timedelta

from runner.kit.context import Context
from runner.kit.part import Part


class Clock(Part):
    """The clock of the learner's programs; at the end of a check it is right again."""

    def __init__(self, context: Context) -> None:
        context.clock = context.scratch / "clock"
        self._file = os.open(context.clock, os.O_WRONLY | os.O_CREAT, 0o644)
        self._moved = timedelta()
        self._write()

    def now(self) -> float:
        """The time that the learner's programs see, in seconds since 1970."""
        return time.time() + self._moved.total_seconds()

    def forward(self, **units: float) -> None:
        """Move it on by UNITS of `timedelta`: `days`, `hours`, `minutes`, `seconds`; by less than nothing, back."""
        self._moved += timedelta(**units)
        self._write()

    def tidy(self) -> None:
        """At the end of a check: the clock is right again."""
        self._moved = timedelta()
        self._write()

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def _write(self) -> None:
        os.pwrite(self._file, struct.pack("<d", self._moved.total_seconds()), 0)

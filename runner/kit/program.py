"""The fixture `program`: the learner's program `main.py` or `main.mjs`, run to its end with arguments.

Most of the time of a short program can go into loading what it imports. So processes that have loaded the packages of
the exercise's engines wait ahead and become the program, as those of services do.
"""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import dataclass

from runner.kit.context import MOST_OUTPUT, Context
from runner.kit.outcomes import CouldNotRun, NotYet, RanTooLong, UsedTooMuch
from runner.kit.part import Part
from runner.kit.process import environment, how_it_ended
from runner.kit.service import Standby, Standbys, last_lines

MAIN = "main"
"""The learner's file, without its suffix."""


@dataclass(frozen=True)
class Ended:
    """A program that has ended: the command as one would type it, its exit status, and what it printed."""

    command: str
    code: int
    output: str
    last_lines: str

    def well(self) -> Ended:
        """Demand the exit status 0."""
        if self.code:
            raise NotYet(
                command=self.command,
                expected="a program that ends with exit status 0",
                got=f"it ended with {how_it_ended(self.code)}",
                stderr=self.last_lines,
            )
        return self


class Program(Part):
    """The learner's program.

    Args:
        extra: names that it gets in its environment, as the exercise's contract has it.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._standbys = Standbys(context, MAIN)
        self.extra: dict[str, str] = {}

    def run(self, *arguments: str) -> Ended:
        """Run it in the learner's folder and wait for its end.

        Raises:
            CouldNotRun: there is no such file.
            RanTooLong: it did not end.
            UsedTooMuch: it printed too much.
        """
        standby = self._standbys.take()
        command = " ".join(["python" if self._context.language == "python" else "node", standby.file.name])
        self._context.last_command = command = " ".join([command, *map(shlex.quote, arguments)])
        self._context.last_call = self._context.last_request = ""
        try:
            if not standby.file.is_file():
                raise CouldNotRun(command=command, expected=f"a file {standby.file.name}", got="no such file")
            standby.become(environment(self._context, self.extra), arguments)
            code = self._end(standby, command)
        finally:
            standby.close()
            with standby.log.open("rb") as log:
                printed = log.read(MOST_OUTPUT + 1)
            self._context.record(printed)
        if len(printed) > MOST_OUTPUT:
            most = MOST_OUTPUT >> 20
            raise UsedTooMuch(command=command, expected=f"at most {most} MiB of output", got="more than that")
        return Ended(command, code, printed.decode("utf-8", "backslashreplace"), last_lines(standby.log))

    def close(self) -> None:
        """End those that wait."""
        self._standbys.close()

    def _end(self, standby: Standby, command: str) -> int:
        seconds = self._context.budget()
        try:
            return standby.process.wait(seconds)
        except subprocess.TimeoutExpired:
            standby.close()
            raise RanTooLong(
                command=command,
                expected="a program that ends",
                got=f"it was still running after {seconds:.1f} s",
                stderr=last_lines(standby.log),
            ) from None

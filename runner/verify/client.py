"""The checker from outside: starts its process, sends requests, hands over its events."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from runner.engines import held
from runner.engines.servers import FOR_CHECKS_ALONE, SERVERS
from runner.isolation import BEST, Level, Refused, asked, container, higher
from runner.isolation.needed import copies, needed
from runner.packs.models import Exercise
from runner.verify import nursery

STOP_LIMIT = 5.0
"""Seconds that a checker has for cleaning up once it is told to stop."""

AHEAD = 2
"""Runs that wait ahead of a person's saves: with two, a second save shortly after the first meets one as well."""

CLEAN = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "LC_ALL": "C.UTF-8"}


class Checker:
    """A running checker for one exercise in one language. Use `fileno` to wait for its events.

    Args:
        tools: the programs that runs may start, by name: full paths.
        work_in: the folders below which the learner's work lies; their programs see a copy of one exercise alone.
        isolation: the least level that runs must have, or they are blocked; unless told, the one that the environment
            asks for. Where nobody asks, the best that is quick and to be had.
        ahead: runs that wait, prepared, for the next request; 0 where nobody waits for the single verdict, or where it
            is the only one, since each would be prepared after a run that needs the processors itself.

    `starting` names the servers that it waits for, since none ran yet; empty once it is ready. `pid` is its process, or
    the one that keeps its container; None until it has told.
    """

    def __init__(
        self,
        exercise: Exercise,
        language: str,
        tools: dict[str, str],
        work_in: Sequence[Path] = (),
        isolation: Level | None = None,
        *,
        ahead: int = AHEAD,
    ) -> None:
        self.exercise = exercise
        self.language = language
        self.tools = tools
        self.claims: list[tuple[str, str]] = []
        self.ready = False
        self.isolation = ""
        self.note = ""
        self.pid: int | None = None
        self._fault: dict[str, Any] = {}
        self._rest = b""
        self._numbers = 0
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        order = _order(exercise, language, tools, work_in, isolation or asked(os.environ)) | {"ahead": ahead}
        self.starting = tuple(name for name, found in order["servers"].items() if held.summon(name, found))
        self._begin(order, work_in)
        self._send(order)

    def fileno(self) -> int:
        """The descriptor that becomes readable when events have come."""
        return self._read

    def run(self, folder: Path, seed: int, given: dict[str, Any]) -> int:
        """Ask for a verdict on FOLDER, instead of any run at work; returns the run's number."""
        self._numbers += 1
        place = os.path.realpath(folder)  # a link to elsewhere could not be followed from inside a room
        self._send({"do": "run", "run": self._numbers, "folder": place, "seed": seed, "given": given})
        return self._numbers

    def cancel(self) -> None:
        """End the run at work, if there is one."""
        self._send({"do": "cancel"})

    def events(self) -> list[dict[str, Any]]:
        """The events that have come; waits where none has. A checker that is gone gives one last `gone`."""
        try:
            data = os.read(self.fileno(), 1 << 20)
        except OSError:
            data = b""
        if not data:
            words = self.last_words() or "the checker has ended without a word"
            return [{"words": words, **self._fault, "event": "gone"}]
        *lines, self._rest = (self._rest + data).split(b"\n")
        events = [json.loads(line) for line in lines]
        for event in events:
            if event["event"] == "begun" and not self._container:  # in one its number means nothing here
                self.pid = event["pid"]
            if event["event"] == "ready":
                self.ready = True
                self.starting = ()
                self.isolation, self.note = event["isolation"], event["note"]
                self.claims = [(check, claim) for check, claim in event["claims"]]
            if event["event"] == "fault":
                self._fault = event
        return events

    def last_words(self) -> str:
        """The end of what the process wrote to stderr."""
        self._log.seek(0)
        return self._log.read()[-2000:].decode("utf-8", "replace").strip()

    def close(self) -> None:
        """Tell the process to stop and wait until it has cleaned up."""
        os.close(self._write)
        if not self._ends(STOP_LIMIT) and self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._ends(STOP_LIMIT)
        if self._container:
            self._container.wait()
        os.close(self._read)
        self._log.close()

    def _begin(self, order: dict[str, Any], work_in: Sequence[Path]) -> None:
        """Start the process, from which on there is a pipe to it and one from it."""
        stdin, self._write = os.pipe()
        self._read, stdout = os.pipe()
        self._container: subprocess.Popen[bytes] | None = None
        try:
            command = _command(order, work_in)
            if command:
                self._container = subprocess.Popen(
                    command, stdin=stdin, stdout=stdout, stderr=self._log, start_new_session=True, env=_environment()
                )
                self.pid = self._container.pid
            else:
                order["environment"] = _environment()
                nursery.fork(order["environment"], stdin, stdout, self._log.fileno())
        finally:
            os.close(stdin)
            os.close(stdout)

    def _ends(self, seconds: float) -> bool:
        """Wait for the process to end, which closes its pipe; whether it has within SECONDS."""
        limit = time.monotonic() + seconds
        while select.select([self._read], [], [], max(0.0, limit - time.monotonic()))[0]:
            if any(event["event"] == "gone" for event in self.events()):
                return True
        return False

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps(message).encode() + b"\n"
        with contextlib.suppress(BrokenPipeError):  # then `events` tells that it is gone
            while data:
                data = data[os.write(self._write, data) :]


def _order(
    exercise: Exercise, language: str, tools: dict[str, str], work_in: Sequence[Path], isolation: Level | None
) -> dict[str, Any]:
    required = higher(exercise.isolation, isolation or "none")
    # With its history, which holds the checks and the answers as well.
    root = Path(exercise.root).resolve()
    of_the_pack = [root, *(folder / ".git" for folder in root.parents)]
    checks = [{**asdict(spec), "function": spec.function} for spec in exercise.manifest.checks]
    return {
        "folder": str(exercise.folder / "checks"),
        "checks": checks,
        "language": language,
        "timeout": exercise.manifest.timeout,
        "memory": exercise.manifest.memory,
        "tools": {name: found for name, found in tools.items() if name not in SERVERS},
        "servers": {name: found for name, found in tools.items() if name in SERVERS},
        "isolation": higher(isolation or BEST, required),
        "note": "",
        "required": required,
        "hidden": [str(each) for each in (Path.home(), *of_the_pack, *copies(), *work_in)],
    }


def _command(order: dict[str, Any], work_in: Sequence[Path]) -> list[str]:
    """The command that starts the checker for ORDER in a container; empty where it is to have none.

    The order's level and note are lowered where a container cannot be had.
    """
    if order["isolation"] != "container":
        return []
    if any(name in order["servers"] for name in FOR_CHECKS_ALONE):
        order["isolation"], order["note"] = BEST, "Checks that use Docker are not put into a container of Docker's."
        return []
    visible = [*needed(order["tools"].values()), Path(order["folder"]), *work_in]
    try:
        return container.command(nursery.COMMAND, visible=visible, environment=CLEAN, memory=order["memory"])
    except Refused as error:
        order["isolation"], order["note"] = BEST, str(error)
        return []


def _environment() -> dict[str, str]:
    """The person's environment without what would change how Python, pytest or git behave in the checker."""
    prefixes = ("PYTHON", "PYTEST", "COVERAGE", "GIT_")
    on_ci = ("CI", "BUILD_NUMBER")  # where pytest compares two long values to the last line, for seconds
    kept = {name: value for name, value in os.environ.items() if not name.startswith(prefixes) and name not in on_ci}
    return {**kept, **CLEAN}

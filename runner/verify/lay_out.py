"""Laying out the state that an exercise begins from: its starter's files, then its `setup.py`."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from runner.engines.provide import fetchable
from runner.errors import BlockedError, Fault, PackError
from runner.packs.models import Exercise
from runner.verify.trial import engines_of

SETUP_LIMIT = 120.0
"""Seconds that a `setup.py` may take."""

LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc")


class Layer:
    """Lays exercises out. To be closed.

    Their setups run in processes that are forked from one, which is started for the first of them and has loaded what
    they use: to start Python for each would take longer than most of them do.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Layer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lay_out(self, exercise: Exercise, language: str, folder: Path, seed: int) -> dict[str, Any]:
        """Fill the existing, empty FOLDER with the exercise's starting point and return the setup's facts.

        Raises:
            BlockedError: an engine that the setup needs is missing.
            PackError: the setup itself failed.
            OSError: the folder cannot be written.
        """
        starter = exercise.starter(language)
        if starter.is_dir():
            shutil.copytree(starter, folder, dirs_exist_ok=True, ignore=LEFT_OUT)
        setup = exercise.folder / "setup.py"
        return self._set_up(exercise, language, setup, folder, seed) if setup.is_file() else {}

    def close(self) -> None:
        """End the process, if there is one, and what a setup left running."""
        if not self._process:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
        self._process = None

    def _set_up(self, exercise: Exercise, language: str, setup: Path, folder: Path, seed: int) -> dict[str, Any]:
        missing = [each for each in engines_of(exercise, language)[1] if not fetchable([each])]
        if missing:
            raise BlockedError(f"{exercise.id} cannot be laid out: {missing[0].reason}.", advice=missing[0].advice)
        answer = self._ask({"setup": str(setup), "folder": str(folder), "seed": seed})
        if "failed" in answer:
            raise _failed(exercise, setup, answer["failed"])
        given: dict[str, Any] = answer["given"]
        return given

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        self._process = process = self._process or _start()
        assert process.stdin and process.stdout
        with contextlib.suppress(BrokenPipeError):  # then there is no answer either
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
        if not select.select([process.stdout], [], [], SETUP_LIMIT)[0]:
            self.close()
            return {"failed": f"nothing after {SETUP_LIMIT:g} s"}
        line = process.stdout.readline()
        if not line:
            self.close()
            return {"failed": "the process that runs it has ended"}
        answer: dict[str, Any] = json.loads(line)
        return answer


def lay_out(exercise: Exercise, language: str, folder: Path, seed: int) -> dict[str, Any]:
    """As `Layer.lay_out`, for whoever lays out one exercise."""
    with Layer() as layer:
        return layer.lay_out(exercise, language, folder, seed)


def _start() -> subprocess.Popen[bytes]:
    """Start the process of setups, without what would change how Python and git behave in it."""
    return subprocess.Popen(
        [sys.executable, "-P", "-B", "-m", "runner.kit.lay"],
        env={name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _failed(exercise: Exercise, setup: Path, found: str) -> PackError:
    fault = Fault(str(setup), "setup()", found, "a setup that fills the folder and returns plain data")
    return PackError(
        f"The setup of {exercise.id} failed.", [fault], advice=f"learn pack check --exercise {exercise.id}"
    )

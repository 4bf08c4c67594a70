"""Laying out the state that an exercise begins from: its starter's files, then its `setup.py`."""

from __future__ import annotations

import json
import os
import shutil
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


def lay_out(exercise: Exercise, language: str, folder: Path, seed: int) -> dict[str, Any]:
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
    return _set_up(exercise, language, setup, folder, seed) if setup.is_file() else {}


def _set_up(exercise: Exercise, language: str, setup: Path, folder: Path, seed: int) -> dict[str, Any]:
    missing = [each for each in engines_of(exercise, language)[1] if not fetchable([each])]
    if missing:
        raise BlockedError(f"{exercise.id} cannot be laid out: {missing[0].reason}.", advice=missing[0].advice)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    command = [sys.executable, "-P", "-B", "-m", "runner.kit.lay", str(setup), str(folder), str(seed)]
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SETUP_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _failed(exercise, setup, f"nothing after {SETUP_LIMIT:g} s") from None
    if done.returncode:
        raise _failed(exercise, setup, (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1])
    given: dict[str, Any] = json.loads(done.stdout)
    return given


def _failed(exercise: Exercise, setup: Path, found: str) -> PackError:
    fault = Fault(str(setup), "setup()", found, "a setup that fills the folder and returns plain data")
    return PackError(
        f"The setup of {exercise.id} failed.", [fault], advice=f"learn pack check --exercise {exercise.id}"
    )

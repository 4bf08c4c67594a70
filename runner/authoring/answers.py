"""The answers kept beside an exercise: right ones by route, wrong ones by misconception."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from runner.engines import Found
from runner.errors import Fault
from runner.packs import manifest
from runner.packs.models import SUFFIXES, Exercise

ABOUT = ("expect.toml", "NOTES.md")
"""Files of an answer's folder that are about it, and no part of it."""

NOT_LAID = shutil.ignore_patterns(*ABOUT, "solve.sh", "__pycache__")
SOLVE_LIMIT = 60.0
"""Seconds that a `solve.sh` may take."""


@dataclass(frozen=True)
class Expectation:
    """An `expect.toml`: the check that must refuse a wrong answer, and words that its message must hold."""

    check: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """One answer: its folder, and for a wrong one what must refuse it."""

    folder: Path
    expectation: Expectation | None

    @property
    def name(self) -> str:
        """Such as `right/decimal` or `wrong/float-cents`."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    def languages(self, exercise: Exercise) -> list[str]:
        """The languages that the answer is written in, told by its files' suffixes."""
        written = {SUFFIXES[path.suffix] for path in self.folder.rglob("*") if path.suffix in SUFFIXES}
        return [language for language in exercise.languages if not language or language in written]


def read_answers(exercise: Exercise) -> tuple[list[Answer], list[Fault]]:
    """The answers of EXERCISE, right ones first, and the faults of their `expect.toml` files."""
    answers = [Answer(folder, None) for folder in sorted(exercise.answers.glob("right/*/"))]
    faults: list[Fault] = []
    known = [each.id for each in exercise.manifest.checks]
    for folder in sorted(exercise.answers.glob("wrong/*/")):
        file = folder / "expect.toml"
        name = file.relative_to(exercise.root).as_posix()
        expectation, found = manifest.read(file, Expectation, name)
        faults += found
        if expectation and expectation.check not in known:
            faults.append(Fault(name, "check", repr(expectation.check), f"one of {', '.join(known)}"))
        elif expectation:
            answers.append(Answer(folder, expectation))
    return answers, faults


class SolveFailed(Exception):
    """A `solve.sh` did not end well."""


def apply(answer: Answer, folder: Path, engines: dict[str, Found]) -> None:
    """Lay ANSWER over FOLDER, or run its `solve.sh` there.

    Raises:
        SolveFailed: the script ended with another status than 0, or not at all.
    """
    shutil.copytree(answer.folder, folder, dirs_exist_ok=True, ignore=NOT_LAID)
    script = answer.folder / "solve.sh"
    if script.is_file():
        _solve(script, folder, engines)


def _solve(script: Path, folder: Path, engines: dict[str, Found]) -> None:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder.parent),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_EDITOR": "true",
    }
    bash = engines["bash"].path if "bash" in engines else "bash"
    command = [bash, "-eu", str(script)]
    with tempfile.TemporaryFile() as words:  # not a pipe: a child left behind would hold its end open
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=words,
            start_new_session=True,
        )
        try:
            code = process.wait(SOLVE_LIMIT)
        except subprocess.TimeoutExpired:
            raise SolveFailed(f"solve.sh was still running after {SOLVE_LIMIT:g} s") from None
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        words.seek(0)
        last = words.read().decode("utf-8", "replace").strip().splitlines()[-3:]
    if code:
        raise SolveFailed(f"solve.sh ended with {code}: {' / '.join(last)}")

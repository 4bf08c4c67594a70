"""The installed command `learn`, run as a person runs it: in a process of its own, from a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from runner.workspace.workspace import Workspace

LEARN = Path(sys.executable).with_name("learn")
LEFT_OUT = ("LEARN_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LANG", "LC_", "PYTHON", "TERM")

Learn = Callable[..., subprocess.CompletedProcess[str]]


def environment(**changes: str | None) -> dict[str, str]:
    """This environment without what would change how `learn` shows itself, and with CHANGES (None takes away)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
    wanted = {**kept, "LANG": "C.UTF-8", "COLUMNS": "80", **changes}
    return {name: value for name, value in wanted.items() if value is not None}


def run_learn(
    *args: str, cwd: Path, env: dict[str, str | None] | None = None, before: Sequence[str] = (), **options: Any
) -> Any:
    """Run `learn ARGS` in CWD, by the command BEFORE where there is one; never with a traceback, whatever happens."""
    options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
    done = subprocess.run(
        [*before, LEARN, *args],
        cwd=cwd,
        env=environment(**(env or {})),
        capture_output=True,
        text=True,
        timeout=60,
        **options,
    )
    assert "Traceback (most recent" not in done.stderr + done.stdout, done.stderr + done.stdout
    return done


@pytest.fixture
def learn(workspace: Workspace) -> Learn:
    """`learn("run", "--json")` in a fresh workspace at `start/double`; takes `env`, `cwd` and what subprocess does."""

    def call(*args: str, cwd: Path = workspace.root, **options: Any) -> subprocess.CompletedProcess[str]:
        found: subprocess.CompletedProcess[str] = run_learn(*args, cwd=cwd, **options)
        return found

    return call


@pytest.fixture
def double_file(workspace: Workspace) -> Path:
    """The learner's file of the first exercise."""
    return workspace.root / "start" / "double" / "double.py"

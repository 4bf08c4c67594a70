"""Starting `learn watch` on a workspace of its own, and seeing that nothing of it is left afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from runner.workspace.workspace import Workspace
from tests.end_to_end.driver import Events, Watch, no_process_left
from tests.packs import answer_folder


class Starter(Protocol):
    """Starts `learn watch` in a pseudo-terminal."""

    def __call__(self, *options: str, workspace: Path | None = None, **more: Any) -> Watch:
        """Start it with OPTIONS."""


@pytest.fixture
def root(workspace: Workspace) -> Path:
    """The folder of a fresh workspace at the first exercise."""
    return workspace.root


@pytest.fixture
def watch(root: Path, tmp_path: Path) -> Iterator[Starter]:
    """Starts `learn watch` on the workspace; nothing of it may run when the test is over."""
    started: list[Watch] = []

    def start(*options: str, workspace: Path | None = None, **more: Any) -> Watch:
        started.append(Watch(workspace or root, tmp_path, *options, **more))
        return started[-1]

    yield start
    for each in started:
        each.close()
    no_process_left(tmp_path)


@pytest.fixture
def events(root: Path, tmp_path: Path) -> Iterator[Events]:
    """`learn watch --json` on the workspace, at its first exercise."""
    started = Events(root, tmp_path)
    yield started
    started.close()
    no_process_left(tmp_path)


@pytest.fixture
def double(root: Path) -> Path:
    """The learner's file of the first exercise."""
    return root / "start" / "double" / "double.py"


@pytest.fixture
def right(pack_root: Path) -> str:
    """A right answer to the first exercise."""
    return (answer_folder(pack_root, "start/double", "right/times") / "double.py").read_text()


@pytest.fixture
def wrong(pack_root: Path) -> str:
    """A wrong answer to the first exercise."""
    return (answer_folder(pack_root, "start/double", "wrong/adds-two") / "double.py").read_text()

"""The facts of one run for tests of the kit, without a checker around them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from runner.engines import Found, Missing, held
from runner.engines.find import find
from runner.engines.packages import LIBRARIES
from runner.engines.provide import PROVIDERS
from runner.kit.context import Context
from runner.kit.learner import Learner
from tests.conftest import absent
from tests.verify.exercises import write_files

Make = Callable[..., Context]


@contextmanager
def server_of(name: str) -> Iterator[held.Held]:
    """The server NAME as it is found here, held for as long as a test or a module of them uses it."""
    found = find(name)
    if isinstance(found, Missing):
        absent(found.reason)
    assert isinstance(found, Found)
    held.summon(found.name, found.path)
    engine = held.hold(found.name, found.path)
    yield engine
    engine.close()


def link_packages(folder: Path, *names: str) -> None:
    """Put packages from npm where Node finds them from the folders in FOLDER, as the checker does."""
    for name in names:
        found = PROVIDERS[name](dict(os.environ))
        if isinstance(found, Missing):
            absent(found.reason)
        assert isinstance(found, Found)
        place = folder / "node_modules" / LIBRARIES[name]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(found.path)


@pytest.fixture
def make_context(tmp_path: Path) -> Iterator[Make]:
    """Makes the context of a run that has begun; what it starts is ended with the test."""
    started: list[int] = []

    def make(files: dict[str, str | bytes] | None = None, *, language: str = "python", **facts: Any) -> Context:
        place = tmp_path / f"run-{len(list(tmp_path.iterdir()))}"
        (place / "scratch").mkdir(parents=True)
        needed = {"": ["bash", "git"], "javascript": ["node"]}.get(language, [])
        engines = [find(name) for name in needed]
        for engine in engines:
            assert isinstance(engine, Found), engine
        context = Context(
            work=write_files(place / "work", files or {}),
            scratch=place / "scratch",
            language=language,
            tools={each.name: each.path for each in engines if isinstance(each, Found)},
            started=started.append,
            **{"timeout": 10.0, "memory": 512, **facts},
        )
        context.begin(facts.get("seed", 1), {})
        return context

    yield make
    for group in started:
        try:
            os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


@pytest.fixture
def make_learner(make_context: Make) -> Iterator[Callable[..., Learner]]:
    """Makes a learner from the text of their file `solution`, in Python unless told."""
    made: list[Learner] = []

    def make(text: str, *, language: str = "python", **facts: Any) -> Learner:
        suffix = {"python": "py", "javascript": "mjs"}[language]
        made.append(Learner(make_context({f"solution.{suffix}": text}, language=language, **facts)))
        return made[-1]

    yield make
    for each in made:
        each.close()

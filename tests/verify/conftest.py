"""A temporary folder of the tests' own for all checkers, so that what is left behind can be told from others'."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runner.packs.models import Exercise
from tests.verify.exercises import Bench


@pytest.fixture(scope="package", autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that checkers keep theirs in while these tests run."""
    folder = tmp_path_factory.mktemp("tmp")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", str(folder))
        yield folder


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[[Exercise], Bench]]:
    """Makes benches that end with the test."""
    made: list[Bench] = []

    def make(exercise: Exercise, language: str | None = None) -> Bench:
        made.append(Bench(exercise, tmp_path / f"bench-{len(made)}", language))
        return made[-1]

    yield make
    for each in made:
        each.checker.close()

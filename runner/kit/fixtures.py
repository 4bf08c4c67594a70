"""The fixtures that checks ask for by name. Given to pytest as a plugin by the checker."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runner.kit.context import Context
from runner.kit.learner import Learner
from runner.kit.shell import Shell


class Fixtures:
    """The kit's fixtures for one run; `prepare` starts ahead of the save what the checks will need."""

    def __init__(self) -> None:
        self._context: Context | None = None
        self._learner: Learner | None = None
        self._api: Any = None
        self._sql: Any = None

    def prepare(self, context: Context, names: set[str]) -> None:
        """Set the run's facts, and start the learner's child if a fixture in NAMES needs one."""
        self._context = context
        if "learner" in names:
            self._learner = Learner(context)
            self._learner.warm()
        if "api" in names:
            from runner.kit.api import Api

            self._api = Api(context)
        if "sql" in names:
            from runner.kit.sql import Sql

            self._sql = Sql(context)

    def record(self) -> None:
        """Keep what services printed; what other programs print is kept as it comes."""
        if self._api:
            self._api.record()

    def close(self) -> None:
        """End what `prepare` started."""
        if self._learner:
            self._learner.close()
        if self._api:
            self._api.close()
        if self._sql:
            self._sql.close()

    @property
    def context(self) -> Context:
        """The run's facts."""
        assert self._context is not None, "a check ran outside a run"
        return self._context

    @pytest.fixture(scope="session")
    def learner(self) -> Learner:
        """Calls into the learner's functions and classes."""
        assert self._learner is not None, "the child is started by prepare()"
        return self._learner

    @pytest.fixture(scope="session")
    def api(self) -> Any:
        """The learner's HTTP service."""
        return self._api

    @pytest.fixture(scope="session")
    def sql(self) -> Any:
        """Makes databases and runs the learner's SQL."""
        return self._sql

    @pytest.fixture
    def shell(self) -> Iterator[Shell]:
        """Runs the learner's scripts and programs."""
        shell = Shell(self.context)
        yield shell
        shell.close()

    @pytest.fixture(scope="session")
    def repo(self) -> Any:
        """The learner's repository, in the folder `repo` of the exercise."""
        from runner.kit.git import Repo

        return Repo(self.context.work / "repo", self.context.budget)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> random.Random:
        """This check's random numbers, repeated by `--seed`."""
        return self.context.rng(request.node.name)

    @pytest.fixture(scope="session")
    def given(self) -> dict[str, Any]:
        """What the exercise's `setup.py` returned when the learner's folder was laid out."""
        return self.context.given

    @pytest.fixture(scope="session")
    def work(self) -> Path:
        """The run's own copy of the learner's folder."""
        return self.context.work

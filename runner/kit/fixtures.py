"""The fixtures that checks ask for by name. Given to pytest as a plugin by the checker."""

from __future__ import annotations

import contextlib
import importlib
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from runner.kit.context import Context
from runner.kit.learner import Learner
from runner.kit.outcomes import EngineFailed
from runner.kit.part import Part
from runner.kit.shell import Shell


@dataclass(frozen=True)
class Kind:
    """A kind of part: the module of the kit and the class that make it, and for whom.

    Args:
        engine: what the exercise's manifest must name for it, if any.
        fixtures: those that it stands behind, if not one of its own name.
        late: it is prepared after all others.
    """

    module: str
    maker: str
    engine: str = ""
    fixtures: tuple[str, ...] = ()
    late: bool = False

    def make(self, context: Context) -> Any:
        """The part for one run."""
        return getattr(importlib.import_module(f"runner.kit.{self.module}"), self.maker)(context)


PARTS = {
    "clock": Kind("clock", "Clock"),  # first, since programs are told of it when they start
    "origin": Kind("origin", "Origin"),
    "docker": Kind("docker", "Engine", "docker", ("image", "container")),
    "aws": Kind("aws", "Aws", "moto"),
    "azure": Kind("azure", "Azure", "azurite"),
    "redis": Kind("redis", "Redis", "redis"),
    "mongo": Kind("mongodb", "Mongo", "mongodb", late=True),  # its driver has threads; who has threads should not fork
    "learner": Kind("learner", "Learner"),
    "api": Kind("api", "Api"),
    "terraform": Kind("terraform", "Terraform", "terraform"),
    "pipeline": Kind("pipeline", "Pipeline", "gitlab-ci-local"),
    "program": Kind("program", "Program"),
    "sql": Kind("sql", "Sql"),
}
"""The parts by name, in the order in which they are made; programs of the learner's after what they use."""

OTHERS = {"repo": "git", "tokens": "tokens"}
"""Modules of fixtures that are no parts, and take time to import."""


def load(names: Iterable[str]) -> None:
    """Import what the fixtures NAMES need, which no run should pay for.

    A module that has a function `warm` has more to load than its imports.
    """
    asked = set(names)
    modules = [kind.module for name, kind in PARTS.items() if asked & {name, *kind.fixtures}]
    modules += [module for name, module in OTHERS.items() if name in asked]
    for name in modules:
        module = importlib.import_module(f"runner.kit.{name}")
        if hasattr(module, "warm"):
            module.warm()


class Fixtures:
    """The kit's fixtures for one run; `prepare` makes ahead of the save what the checks will need."""

    def __init__(self) -> None:
        self._context: Context | None = None
        self._parts: dict[str, Any] = {}
        self._failed: dict[str, EngineFailed] = {}

    def prepare(self, context: Context, names: set[str]) -> None:
        """Set the run's facts, and make and prepare the parts behind the fixtures NAMES.

        One whose engine is not in the manifest is left out. That an engine does not answer is told by the checks
        that use it.
        """
        self._context = context
        for name, kind in PARTS.items():
            if names & {name, *kind.fixtures} and kind.engine in ("", *context.servers, *context.tools):
                self._parts[name] = kind.make(context)
        for name in sorted(self._parts, key=lambda name: PARTS[name].late):
            try:
                self._parts[name].prepare()
            except EngineFailed as failure:
                self._failed[name] = failure
        addresses = [part.environment for name, part in self._parts.items() if name not in self._failed]
        for name in {"api", "program"} & self._parts.keys():
            for each in addresses:
                self._parts[name].extra |= each

    def record(self) -> None:
        """Keep what services printed; what other programs print is kept as it comes."""
        for part in self._parts.values():
            part.record()

    def close(self) -> None:
        """End what `prepare` started: the learner's programs before what they use."""
        for part in reversed(self._parts.values()):
            part.close()

    def _part(self, name: str) -> Any:
        if name in self._failed:
            raise self._failed[name]
        assert name in self._parts, f"a check uses {name}, and its engine is not in the manifest"
        return self._parts[name]

    def _lent(self, name: str, request: pytest.FixtureRequest) -> Iterator[Any]:
        """A part for one check."""
        part: Part = self._part(name)
        part.renew(f"{self.context.seed}:{request.node.name}")
        yield part
        part.tidy()

    @property
    def context(self) -> Context:
        """The run's facts."""
        assert self._context is not None, "a check ran outside a run"
        return self._context

    @pytest.fixture(scope="session")
    def learner(self) -> Learner:
        """Calls into the learner's functions and classes."""
        learner: Learner = self._part("learner")
        return learner

    @pytest.fixture(scope="session")
    def api(self) -> Any:
        """The learner's HTTP service."""
        return self._part("api")

    @pytest.fixture(scope="session")
    def program(self) -> Any:
        """The learner's program."""
        return self._part("program")

    @pytest.fixture(scope="session")
    def aws(self) -> Any:
        """An AWS of the run's own."""
        return self._part("aws")

    @pytest.fixture(scope="session")
    def azure(self) -> Any:
        """A storage account of the run's own on Azure."""
        return self._part("azure")

    @pytest.fixture(scope="session")
    def sql(self) -> Any:
        """Makes databases and runs the learner's SQL."""
        return self._part("sql")

    @pytest.fixture(scope="session")
    def terraform(self) -> Any:
        """Plans and applies the learner's Terraform configuration."""
        return self._part("terraform")

    @pytest.fixture(scope="session")
    def pipeline(self) -> Any:
        """Runs the learner's GitLab CI pipeline on commits."""
        return self._part("pipeline")

    @pytest.fixture
    def mongo(self, request: pytest.FixtureRequest) -> Iterator[Any]:
        """A database of the run's own on MongoDB."""
        yield from self._lent("mongo", request)

    @pytest.fixture
    def redis(self, request: pytest.FixtureRequest) -> Iterator[Any]:
        """A database of the run's own on Redis."""
        yield from self._lent("redis", request)

    @pytest.fixture
    def origin(self, request: pytest.FixtureRequest) -> Iterator[Any]:
        """The service that the learner's own has to ask."""
        yield from self._lent("origin", request)

    @pytest.fixture
    def proxy(self) -> Iterator[Callable[[str], Any]]:
        """Opens doors to servers, by `HOST:PORT` or the path of a Unix socket; they are closed when the check ends."""
        from runner.kit.proxy import Proxy

        with contextlib.ExitStack() as doors:

            def opened(target: str) -> Proxy:
                door = Proxy(self.context, target)
                doors.callback(door.close)
                return door

            yield opened

    @pytest.fixture(scope="session")
    def image(self) -> Any:
        """Builds the learner's Dockerfile, and looks into the image."""
        from runner.kit.docker import Images

        return Images(self._part("docker"))

    @pytest.fixture(scope="session")
    def container(self) -> Any:
        """Runs containers of images that were built."""
        from runner.kit.docker import Containers

        return Containers(self._part("docker"))

    @pytest.fixture
    def clock(self, request: pytest.FixtureRequest) -> Iterator[Any]:
        """Moves the time that the learner's Python or Node programs see."""
        yield from self._lent("clock", request)

    @pytest.fixture(scope="session")
    def tokens(self) -> Any:
        """Makes issuers of JWTs: good ones, and those that are wrong in one way each."""
        from runner.kit.tokens import Tokens

        return Tokens(self.context.rng("tokens"))

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

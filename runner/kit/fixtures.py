"""The fixtures that checks ask for by name. Given to pytest as a plugin by the checker."""

from __future__ import annotations

import contextlib
import importlib
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from runner.kit.context import Context
from runner.kit.learner import Learner
from runner.kit.outcomes import Outcome
from runner.kit.shell import Shell

HEAVY = {
    "aws": "runner.kit.aws",
    "azure": "runner.kit.azure",
    "container": "runner.kit.docker",
    "image": "runner.kit.docker",
    "mongo": "runner.kit.mongodb",
    "pipeline": "runner.kit.pipeline",
    "redis": "runner.kit.redis",
    "repo": "runner.kit.git",
    "terraform": "runner.kit.terraform",
    "tokens": "runner.kit.tokens",
}
"""Fixtures whose modules take time to import, which no run should pay.

One that has a function `warm` has more to load than its imports.
"""


def load(names: Iterable[str]) -> None:
    """Import what the fixtures NAMES need."""
    for name in HEAVY.keys() & set(names):
        module = importlib.import_module(HEAVY[name])
        if hasattr(module, "warm"):
            module.warm()


class Fixtures:
    """The kit's fixtures for one run; `prepare` starts ahead of the save what the checks will need."""

    def __init__(self) -> None:
        self._context: Context | None = None
        self._learner: Learner | None = None
        self._api: Any = None
        self._sql: Any = None
        self._program: Any = None
        self._aws: Any = None
        self._azure: Any = None
        self._mongo: Any = None
        self._redis: Any = None
        self._clock: Any = None
        self._origin: Any = None
        self._docker: Any = None
        self._terraform: Any = None
        self._pipeline: Any = None
        self._failed: dict[str, Outcome] = {}

    def prepare(self, context: Context, names: set[str]) -> None:
        """Set the run's facts, and start the learner's child if a fixture in NAMES needs one."""
        self._context = context
        if "clock" in names:
            from runner.kit.clock import Clock

            self._clock = Clock(context)  # first, since programs are told of it when they start
        if "origin" in names:
            from runner.kit.origin import Origin

            self._origin = Origin(context)
        if names & {"image", "container"} and "docker" in context.servers:
            self._docker = self._reached_docker(context)
        if "aws" in names and "moto" in context.tools:
            from runner.kit.aws import Aws

            self._aws = Aws(context)
        if "azure" in names and "azurite" in context.servers:
            from runner.kit.azure import Azure

            self._azure = Azure(context)
            self._connect("azure", self._azure)
            if "azure" not in self._failed:
                context.ahead.append(self._azure.handle().asked)
        if "redis" in names and "redis" in context.servers:
            from runner.kit.redis import Redis

            self._redis = Redis(context)
            self._connect("redis", self._redis)
            if "redis" not in self._failed:
                context.ahead.append(self._redis.handle().asked)
        if "mongo" in names and "mongodb" in context.servers:
            from runner.kit.mongodb import Mongo

            self._mongo = Mongo(context)
            context.ahead.append(self._mongo.handle().asked)
        if "learner" in names:
            self._learner = Learner(context)
            self._learner.warm()
        if "api" in names:
            from runner.kit.api import Api

            self._api = Api(context)
            if self._mongo:
                self._api.extra["MONGODB_URI"] = self._mongo.uri
            if self._redis and "redis" not in self._failed:
                self._api.extra["REDIS_URL"] = self._redis.url
            if self._origin:
                self._api.extra["ORIGIN_URL"] = self._origin.url
        if "terraform" in names:
            from runner.kit.terraform import Terraform

            self._terraform = Terraform(context)
            self._terraform.prepare()
        if "pipeline" in names:
            from runner.kit.pipeline import Pipeline

            self._pipeline = Pipeline(context)
            self._pipeline.prepare()
        if "program" in names:
            from runner.kit.program import Program

            self._program = Program(context)
            if self._aws:
                self._program.extra |= self._aws.environment
        if "sql" in names:
            from runner.kit.sql import Sql

            self._sql = Sql(context)
        if self._mongo:  # last, since its driver has threads, and whoever has threads should not fork
            self._connect("mongo", self._mongo)

    def _connect(self, name: str, engine: Any) -> None:
        """Reach a server ahead of the save; that it does not answer is told by the checks that use it."""
        try:
            engine.connect()
        except Outcome as outcome:
            self._failed[name] = outcome

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
        if self._program:
            self._program.close()
        if self._aws:
            self._aws.close()
        if self._azure:
            self._azure.close()
        if self._sql:
            self._sql.close()
        if self._terraform:
            self._terraform.close()
        if self._mongo:
            self._mongo.close()
        if self._redis:
            self._redis.close()
        if self._clock:
            self._clock.close()
        if self._origin:
            self._origin.close()
        if self._docker:
            self._docker.close()

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
    def program(self) -> Any:
        """The learner's program."""
        return self._program

    @pytest.fixture(scope="session")
    def aws(self) -> Any:
        """An AWS of the run's own."""
        return self._reached("aws", self._aws)

    @pytest.fixture(scope="session")
    def azure(self) -> Any:
        """A storage account of the run's own on Azure."""
        return self._reached("azure", self._azure)

    @pytest.fixture(scope="session")
    def sql(self) -> Any:
        """Makes databases and runs the learner's SQL."""
        return self._sql

    @pytest.fixture(scope="session")
    def terraform(self) -> Any:
        """Plans and applies the learner's Terraform configuration."""
        return self._terraform

    @pytest.fixture(scope="session")
    def pipeline(self) -> Any:
        """Runs the learner's GitLab CI pipeline on commits."""
        return self._pipeline

    @pytest.fixture
    def mongo(self) -> Iterator[Any]:
        """A database of the run's own on MongoDB."""
        yield self._reached("mongo", self._mongo)
        self._mongo.tidy()

    @pytest.fixture
    def redis(self) -> Iterator[Any]:
        """A database of the run's own on Redis."""
        yield self._reached("redis", self._redis)
        self._redis.tidy()

    @pytest.fixture
    def origin(self, request: pytest.FixtureRequest) -> Iterator[Any]:
        """The service that the learner's own has to ask."""
        self._origin.begin(f"{self.context.seed}:{request.node.name}")
        yield self._origin
        self._origin.recover()

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

    def _reached_docker(self, context: Context) -> Any:
        from runner.kit.docker import Engine

        try:
            return Engine(context)
        except Outcome as outcome:
            self._failed["docker"] = outcome
            return None

    @pytest.fixture(scope="session")
    def image(self) -> Any:
        """Builds the learner's Dockerfile, and looks into the image."""
        from runner.kit.docker import Images

        return Images(self._reached("docker", self._docker))

    @pytest.fixture(scope="session")
    def container(self) -> Any:
        """Runs containers of images that were built."""
        from runner.kit.docker import Containers

        return Containers(self._reached("docker", self._docker))

    def _reached(self, name: str, engine: Any) -> Any:
        if name in self._failed:
            raise self._failed[name]
        assert engine, f"a check uses {name}, and its engine is not in the manifest"
        return engine

    @pytest.fixture
    def clock(self) -> Iterator[Any]:
        """Moves the time that the learner's Python or Node programs see."""
        yield self._clock
        self._clock.tidy()

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

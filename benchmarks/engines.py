"""Servers: the first verdict, their start included; then from a save to the verdict, beside the same queries alone."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote_plus

from benchmarks import common
from benchmarks.common import SAVES, Failed
from runner.engines import Found, held
from runner.engines.find import find

Spell = Callable[[], None]


@dataclass(frozen=True)
class Row:
    """Seconds: from `learn watch` to its first verdict, from each save to the verdict, and of the queries alone."""

    title: str
    first: float
    verdicts: list[float]
    alone: list[float]


def mongodb(folder: Path, rounds: int) -> Row:
    """mongodb/indexes-that-work: six checks, each on 600 mails and two indexes of its own."""
    exercise = "mongodb/indexes-that-work"
    return measured(folder, rounds, "mongodb", exercise, "an-index-each", "inbox.py", inbox_alone)


def redis(folder: Path, rounds: int) -> Row:
    """caching/redis-types; alone are the very commands of a run, as MONITOR saw them."""
    return measured(folder, rounds, "redis", "caching/redis-types", "one-type-each", "board.py", replay)


def measured(
    folder: Path,
    rounds: int,
    engine: str,
    exercise: str,
    route: str,
    file: str,
    alone: Callable[[dict[str, str], Watch, Path], contextlib.AbstractContextManager[Spell]],
) -> Row:
    """ROUNDS saves of FILE, the answer ROUTE of EXERCISE, in turns with the queries alone; the first two warm up."""
    source = next(common.ROOT.glob(f"solutions/*/{exercise}/right/{route}/{file}"))
    with own_servers(), Watch(folder / "work", exercise) as watch:
        found = find(engine)
        assert isinstance(found, Found)
        first = watch.verdict() - watch.began
        server = held.hold(engine, found.path)
        with contextlib.closing(server), alone(server.address, watch, source) as queries:
            verdicts, own = [], []
            for number in range(rounds + 2):
                common.wait_for_calm()
                verdicts.append(watch.save(source, number))
                common.wait_for_calm()
                began = time.monotonic()
                queries()
                own.append(time.monotonic() - began)
    return Row(exercise, first, verdicts[2:], own[2:])


@contextlib.contextmanager
def own_servers() -> Iterator[None]:
    """Have servers started for this benchmark alone: in a folder of its own, short as a socket's path must be."""
    before, tempfile.tempdir = dict(os.environ), None
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp", ignore_cleanup_errors=True) as place:
        os.environ.update({**common.environment(), "TMPDIR": place})  # so that `find` finds what `learn watch` does
        try:
            yield
        finally:
            tempfile.tempdir = None
            os.environ.clear()
            os.environ.update(before)


class Watch:
    """`learn watch --json` on one exercise of the built-in pack."""

    def __init__(self, root: Path, exercise: str) -> None:
        env = common.environment()
        for command in (["init", str(root)], ["--workspace", str(root), "goto", exercise]):
            subprocess.run([common.learn(), *command], check=True, env=env, stdout=subprocess.DEVNULL)
        self.folder = root / exercise
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [common.learn(), "watch", "--json", str(root)], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        self.process.communicate()

    def verdict(self, *, passed: bool = False) -> float:
        """Wait for the next verdict; returns when it came.

        Raises:
            Failed: it is no pass where PASSED is asked for, or none comes.
        """
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event = json.loads(line)
            if event["event"] == "verdict":
                if passed and event["verdict"]["status"] != "passed":
                    raise Failed(f"not passed: {event['verdict']}")
                return time.monotonic()
        raise Failed("learn watch has ended")

    def save(self, source: Path, number: int) -> float:
        """Save the answer SOURCE with a remark of this round; the seconds until its verdict."""
        text = f"{source.read_text(encoding='utf-8')}\n# {number}\n"
        began = time.monotonic()
        SAVES["atomic"](self.folder / source.name, text)
        return self.verdict(passed=True) - began


@contextlib.contextmanager
def inbox_alone(address: dict[str, str], watch: Watch, source: Path) -> Iterator[Spell]:
    """What the checks and the answer ask of MongoDB in a run, by a connection that is open already."""
    from pymongo import MongoClient

    answer = loaded(source)
    place = quote_plus(f"{address['socket']}/{address['name']}")
    rng = random.Random(1)
    mails = [
        {"_id": number, "user": number % 12, "folder": "inbox", "at": rng.random(), "size": rng.randint(1, 99)}
        for number in range(600)
    ]
    calls: tuple[tuple[str, tuple[Any, ...]], ...] = (("newest", (3, 5)), ("large", (3, 40, 5)))
    client: MongoClient[dict[str, Any]]
    with MongoClient(f"mongodb://{place}/?directConnection=true") as client:
        db = client["alone"]

        def run() -> None:
            for _ in range(6):
                db.mails.drop()
                db.mails.insert_many(mails)
                answer.prepare(db)
                for name, args in calls:
                    getattr(answer, name)(db, *args)

        yield run
        client.drop_database("alone")


@contextlib.contextmanager
def replay(address: dict[str, str], watch: Watch, source: Path) -> Iterator[Spell]:
    """The commands of one run, sent again one by one to another database, by a connection that is open already."""
    from redis import Redis

    login = {"username": address["user"], "password": address["password"]}
    server = Redis(unix_socket_path=f"{address['socket']}/{address['name']}", decode_responses=True, **login)
    with server, server.monitor() as monitor:
        watch.save(source, -1)
        server.echo("the end")
        commands = []
        for seen in monitor.listen():
            if seen["command"] == "ECHO the end":
                break
            commands.append(seen["command"])
        kept = [each for each in commands if each.split()[0].upper() not in ("CLIENT", "HELLO", "AUTH", "SELECT")]

        def run() -> None:
            for command in kept:
                with contextlib.suppress(Exception):
                    server.execute_command(*command.split())

        yield run


def loaded(source: Path) -> ModuleType:
    """The answer in the file SOURCE."""
    spec = importlib.util.spec_from_file_location(source.stem, source)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

"""Redis: found in the order that is promised, started for learners and checks, reached by an address."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis as driver
from redis.exceptions import NoPermissionError

from runner.engines import Found, Missing, redis
from runner.engines.server import NotStarted, Server
from runner.kit.service import listening
from tests.conftest import absent
from tests.engines.test_find import program


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """Redis without an address and without a PATH: that of the wheel."""
    engine = redis.find({"PATH": str(tmp_path)})
    if isinstance(engine, Missing):
        absent(engine.reason)
    assert isinstance(engine, Found)
    return engine


@contextmanager
def running(path: str) -> Iterator[Server]:
    """A server started as the keeper does, in a folder whose path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="redis-", dir="/tmp"))
    server = redis.start(path, folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture
def server(found: Found) -> Iterator[Server]:
    with running(found.path) as started:
        yield started


@pytest.fixture
def connect() -> Iterator[Callable[..., Any]]:
    """Makes clients of a server, the check's own unless they are to be a learner's."""
    with ExitStack() as opened:

        def connect(server: Server, learner: bool = False, db: int = 0) -> Any:
            address = server.address
            login = {} if learner else {"username": address["user"] or None, "password": address["password"] or None}
            place = f"{address['socket']}/{address['name']}"
            return opened.enter_context(driver.Redis(unix_socket_path=place, db=db, decode_responses=True, **login))

        yield connect


def url(server: Server) -> str:
    """The server as its owner reaches it."""
    address = server.address
    return f"unix://{address['user']}:{address['password']}@{address['socket']}/{address['name']}"


def test_it_listens_on_no_port_writes_nothing_and_has_a_database_for_each_of_many_runs(server: Server, connect) -> None:
    client = connect(server, db=63)
    client.set("a", "1")
    assert listening(server.process.pid) == []
    assert client.config_get("save")["save"] == ""
    assert client.config_get("appendonly")["appendonly"] == "no"
    assert int(client.config_get("maxmemory")["maxmemory"]) > 0


@pytest.mark.parametrize(
    "command", ["FLUSHALL", "SHUTDOWN NOSAVE", "CONFIG SET maxmemory 0", "ACL LIST", "DEBUG SLEEP 1", "CLIENT LIST"]
)
def test_what_would_reach_other_runs_is_refused_to_learners(server: Server, connect, command: str) -> None:
    with pytest.raises(NoPermissionError):
        connect(server, learner=True).execute_command(*command.split())
    assert connect(server).ping()


def test_what_learners_need_is_allowed(server: Server, connect) -> None:
    client = connect(server, learner=True)
    client.set("a", "1", ex=5)
    client.eval("return redis.call('get', 'a')", 0)
    assert client.keys() == ["a"]
    assert client.info("server")["redis_version"]
    client.client_setname("mine")
    client.xadd("log", {"a": 1})
    client.publish("news", "x")
    client.flushdb()
    assert client.dbsize() == 0


def test_a_server_of_somebody_else_is_reached_at_its_address(server: Server, connect) -> None:
    there = redis.find({"REDIS_URL": url(server)})
    assert isinstance(there, Found), there
    assert there.how == "REDIS_URL" and server.address["password"] not in there.place
    with running(there.path) as bridge:
        assert bridge.address["databases"] == "64"
        connect(bridge, db=5).set("a", "1")
    assert connect(server, db=5).get("a") == "1"


def test_a_server_without_an_empty_database_is_told(server: Server, connect) -> None:
    for number in range(1, redis.DATABASES - 1):
        connect(server, db=number).set("somebody's", "own")
    missing = redis.find({"REDIS_URL": url(server)})
    assert isinstance(missing, Missing)
    assert missing.reason == "the server at REDIS_URL has no empty database: each run takes one for itself"
    assert missing.advice == "unset REDIS_URL"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("redis://somebody:secret@127.0.0.1:1/0", "no server that answers"),
        ("rediss://somebody:secret@127.0.0.1:1/0", "begins with rediss"),
        ("mysql://somebody:secret@localhost/x", "begins with mysql"),
        ("redis://somebody:secret@localhost:port", "no server that answers"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(address: str, words: str) -> None:
    missing = redis.find({"REDIS_URL": address})
    assert isinstance(missing, Missing)
    assert words in missing.reason and "secret" not in missing.reason
    assert missing.advice == "unset REDIS_URL"


def test_an_old_program_gives_way_to_the_wheel_and_a_new_one_comes_first(found: Found, tmp_path: Path) -> None:
    old = redis.find(program(tmp_path / "old", "redis-server", "Redis server v=5.0.14 sha=0:0 malloc=libc bits=64"))
    assert old == found
    new = redis.find(program(tmp_path / "new", "redis-server", "Redis server v=7.0.15 sha=0:0 malloc=libc bits=64"))
    assert isinstance(new, Found)
    assert (new.version, new.how) == ("7.0.15", "on PATH")


def test_none_at_all_names_the_command_that_helps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis, "_in_wheel", lambda: None)
    missing = redis.find({"PATH": str(tmp_path)})
    assert isinstance(missing, Missing)
    assert missing.advice == redis.INSTALL


def test_a_program_that_ends_instead_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "redis-server"
    broken.write_text("#!/bin/sh\necho the disk is full; exit 1\n")
    broken.chmod(0o755)
    with pytest.raises(NotStarted, match="the disk is full"):
        redis.start(str(broken), tmp_path)

"""Servers: started once, shared by whoever holds them, gone with the last one and with a keeper that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runner.engines import Found, Missing, bridge, held, keeper
from runner.engines.find import find
from runner.engines.ports import answers, free_port
from runner.engines.server import NotStarted
from runner.engines.servers import SERVERS
from runner.files import private_temporary
from tests.conftest import absent, processes

DEADLINE = 60.0


@pytest.fixture
def found() -> Found:
    """PostgreSQL, as it is installed here."""
    return installed("postgresql")


@pytest.fixture(params=sorted(SERVERS))
def each(request) -> Found:
    """Each server, as it is installed here."""
    return installed(request.param)


def installed(name: str) -> Found:
    engine = find(name)
    if isinstance(engine, Missing):
        absent(engine.reason)
    assert isinstance(engine, Found)
    return engine


def test_one_server_for_all_until_the_last_lets_go(found, own_engines):
    held.summon(found.name, found.path)
    held.summon(found.name, found.path)
    first, second = held.hold(found.name, found.path), held.hold(found.name, found.path)
    assert first.address == second.address
    assert Path(first.address["socket"], ".s.PGSQL.5432").is_socket()
    first.close()
    time_left = time.monotonic() + keeper.LINGER + 1
    poll(lambda: time.monotonic() > time_left)
    assert Path(second.address["socket"]).is_dir(), "it went while somebody held it"
    second.close()
    poll(lambda: not processes(own_engines) and not list(own_engines.glob(f"{keeper.PREFIX}*")))
    assert not list(private_temporary("engines").glob("*.sock"))


def test_a_user_that_is_killed_lets_go(each, own_engines):
    held.summon(each.name, each.path)
    code = "import sys; from runner.engines import held; held.hold(*sys.argv[1:]); print('held', flush=True); input()"
    argv = [sys.executable, "-c", code, each.name, each.path]
    user = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert user.stdout is not None and user.stdout.readline() == "held\n"
    user.kill()
    user.communicate()
    poll(lambda: not processes(own_engines) and not list(own_engines.glob(f"{keeper.PREFIX}*")))


def test_a_keeper_that_is_killed_takes_its_server_along_and_its_files_go_with_the_next_one(each, own_engines):
    held.summon(each.name, each.path)
    one = held.hold(each.name, each.path)
    (number,) = [pid for pid, command in processes(own_engines).items() if "runner.engines.keeper" in command]
    os.kill(number, signal.SIGKILL)
    assert one.connection.recv(1) == b"", "whoever holds it is told"
    poll(lambda: not processes(own_engines))
    held.summon(each.name, each.path)
    other = held.hold(each.name, each.path)
    (folder,) = own_engines.glob(f"{keeper.PREFIX}*")
    assert Path(other.address["socket"]).is_relative_to(folder)
    other.close()
    one.close()


def test_a_server_that_ends_by_itself_is_told_and_started_anew(found, own_engines):
    held.summon(found.name, found.path)
    one = held.hold(found.name, found.path)
    pidfile = Path(one.address["socket"], "data", "postmaster.pid")
    os.kill(int(pidfile.read_text().splitlines()[0]), signal.SIGTERM)
    assert one.connection.recv(1) == b""
    held.summon(found.name, found.path)
    other = held.hold(found.name, found.path)
    assert other.address["socket"] != one.address["socket"]
    other.close()
    one.close()


def test_a_server_that_cannot_start_says_why(own_engines):
    program = own_engines / "postgres"
    for path in (program, program.with_name("initdb")):
        path.write_text("#!/bin/sh\necho the disk is full >&2; exit 1\n")
        path.chmod(0o755)
    held.summon("postgresql", str(program))
    with pytest.raises(NotStarted, match="the disk is full"):
        held.hold("postgresql", str(program))


def test_an_address_is_reached_by_a_socket_like_a_server_of_our_own(found, own_engines, monkeypatch):
    import psycopg

    held.summon(found.name, found.path)
    own = held.hold(found.name, found.path)
    parts = {key: own.address[key] for key in ("user", "password")}
    with tcp_door(Path(own.address["socket"], ".s.PGSQL.5432")) as port:
        monkeypatch.setenv("DATABASE_URL", f"postgresql://{parts['user']}:{parts['password']}@127.0.0.1:{port}/learn")
        there = find("postgresql")
        assert isinstance(there, Found) and there.how == "DATABASE_URL"
        held.summon(there.name, there.path)
        other = held.hold(there.name, there.path)
        with psycopg.connect(host=other.address["socket"], dbname=other.address["database"], **parts) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (own.address["user"],)
        other.close()
    own.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://somebody@localhost/x", "is not PostgreSQL's"),
        ("postgresql://somebody:secret@127.0.0.1:1/x", "no server that answers"),
        ("postgresql://[", "no server that answers"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(monkeypatch, url, words):
    monkeypatch.setenv("DATABASE_URL", url)
    engine = find("postgresql")
    assert isinstance(engine, Missing)
    assert words in engine.reason and "secret" not in engine.reason
    assert engine.advice == "unset DATABASE_URL"


@contextmanager
def tcp_door(target: Path) -> Iterator[int]:
    """A port that leads to the Unix socket TARGET."""
    port = free_port()
    door = subprocess.Popen([sys.executable, "-P", bridge.__file__, f"127.0.0.1:{port}", str(target)])
    poll(lambda: answers(port))
    yield port
    door.kill()
    door.wait()


def poll(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < limit, "it did not come about in time"
        time.sleep(0.05)

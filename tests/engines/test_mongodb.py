"""MongoDB: found in the order that is promised, started as checks need it, reached by an address."""

from __future__ import annotations

import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from runner.engines import Found, Missing, mongodb
from runner.engines.server import NotStarted, Server, wait_for
from runner.kit.service import listening
from tests.conftest import absent
from tests.engines.test_find import program


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """MongoDB without an address and without a PATH: that of the wheel."""
    engine = mongodb.find({"PATH": str(tmp_path)})
    if isinstance(engine, Missing):
        absent(engine.reason)
    assert isinstance(engine, Found)
    return engine


@contextmanager
def running(path: str) -> Iterator[Server]:
    """A server started as the keeper does, in a folder whose path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="mongodb-", dir="/tmp"))
    server = mongodb.start(path, folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture
def server(found: Found) -> Iterator[Server]:
    with running(found.path) as started:
        yield started


def uri(server: Server) -> str:
    place = f"{server.address['socket']}/{server.address['name']}".replace("/", "%2F")
    return f"mongodb://{place}/?directConnection=true&serverSelectionTimeoutMS=3000"


def test_it_is_a_primary_that_fails_and_forgets_on_demand_and_listens_on_no_port(server: Server) -> None:
    client: MongoClient[dict[str, Any]]
    with MongoClient(uri(server)) as client:
        hello = client.admin.command("hello")
        assert hello["isWritablePrimary"] and hello["setName"]
        told = client.admin.command({"getParameter": 1, "enableTestCommands": 1, "ttlMonitorSleepSecs": 1})
        assert told["enableTestCommands"] and told["ttlMonitorSleepSecs"] == 1
        with client.start_session() as session, session.start_transaction():
            client.shop.orders.insert_one({"n": 1}, session=session)
        assert client.shop.orders.count_documents({}) == 1
    assert listening(server.process.pid) == []


def test_a_server_that_ends_while_it_starts_is_told_soon(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(place: Path, process: subprocess.Popen[bytes], folder: Path) -> None:
        wait_for(place, process, folder)
        process.kill()
        process.wait()

    monkeypatch.setattr(mongodb, "wait_for", killed)
    monkeypatch.setattr(mongodb, "ANSWERS", 300)
    with pytest.raises(NotStarted, match=r"no replica set: .*refused$"), running(found.path):
        pass


def test_a_server_of_somebody_else_is_reached_at_its_address(server: Server) -> None:
    there = mongodb.find({"MONGODB_URI": uri(server)})
    assert isinstance(there, Found), there
    assert there.how == "MONGODB_URI"
    client: MongoClient[dict[str, Any]]
    with running(there.path) as bridge, MongoClient(uri(bridge)) as client:
        client.shop.orders.insert_one({"n": 1})
        assert bridge.address["socket"] != server.address["socket"]
    with MongoClient(uri(server)) as client:
        assert client.shop.orders.count_documents({}) == 1


def test_a_server_that_lacks_what_checks_need_is_told_with_what_it_lacks(
    found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mongodb, "SETTINGS", {"ttlMonitorSleepSecs": 30})
    with running(found.path) as plain:
        missing = mongodb.find({"MONGODB_URI": uri(plain)})
    assert isinstance(missing, Missing)
    assert missing.reason == (
        "the server at MONGODB_URI was not started with "
        "--setParameter enableTestCommands=1 --setParameter ttlMonitorSleepSecs=1"
    )
    assert missing.advice == "unset MONGODB_URI"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mongodb://somebody:secret@127.0.0.1:1/?serverSelectionTimeoutMS=100", "no server that answers"),
        ("mongodb://somebody:secret@127.0.0.1:1/?tls=true", "asks for TLS"),
        ("mysql://somebody:secret@localhost/x", "no server that answers"),
        ("mongodb://[", "no server that answers"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    url: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mongodb, "ASKED", 200)
    missing = mongodb.find({"MONGODB_URI": url})
    assert isinstance(missing, Missing)
    assert words in missing.reason and "secret" not in missing.reason
    assert missing.advice == "unset MONGODB_URI"


def test_an_old_program_gives_way_to_the_wheel_and_a_new_one_comes_first(found: Found, tmp_path: Path) -> None:
    old = mongodb.find(program(tmp_path / "old", "mongod", "db version v4.4.29"))
    assert old == found
    new = mongodb.find(program(tmp_path / "new", "mongod", "db version v7.0.2"))
    assert isinstance(new, Found)
    assert (new.version, new.how) == ("7.0.2", "on PATH")


def test_a_wheel_whose_program_may_not_be_run_is_run_all_the_same(
    found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "mongod"
    shutil.copyfile(found.path, copy)
    assert not copy.stat().st_mode & stat.S_IXUSR
    monkeypatch.setattr(mongodb, "_in_wheel", lambda: str(copy))
    assert mongodb.find({"PATH": str(tmp_path / "empty")}) == Found("mongodb", str(copy), found.version, found.how)
    with running(str(copy)) as started:
        assert started.process.poll() is None


def test_a_wheel_that_does_not_run_here_and_none_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "broken", "mongod", "")
    monkeypatch.setattr(mongodb, "_in_wheel", lambda: str(tmp_path / "broken" / "mongod"))
    missing = mongodb.find({"PATH": str(tmp_path)})
    assert isinstance(missing, Missing) and "does not run on this system" in missing.reason
    monkeypatch.setattr(mongodb, "_in_wheel", lambda: None)
    missing = mongodb.find({"PATH": str(tmp_path)})
    assert isinstance(missing, Missing)
    assert missing.advice == mongodb.INSTALL


def test_a_program_that_ends_instead_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "mongod"
    broken.write_text("#!/bin/sh\necho the disk is full; exit 1\n")
    broken.chmod(0o755)
    with pytest.raises(NotStarted, match="the disk is full"):
        mongodb.start(str(broken), tmp_path)

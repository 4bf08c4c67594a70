"""Azurite: fetched with npm, started on a Unix socket, ended without delay."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.engines import Found, Missing, azurite
from runner.engines.server import NotStarted, Server
from runner.kit.service import listening
from tests.conftest import absent


@pytest.fixture(scope="module")
def found() -> Found:
    engine = azurite.provide(dict(os.environ))
    if isinstance(engine, Missing):
        absent(engine.reason)
    assert isinstance(engine, Found)
    return engine


@pytest.fixture
def folder() -> Iterator[Path]:
    """One whose path is short enough for a socket."""
    place = Path(tempfile.mkdtemp(prefix="azurite-", dir="/tmp"))
    yield place
    shutil.rmtree(place)


@pytest.fixture
def server(found: Found, folder: Path) -> Iterator[Server]:
    started = azurite.start(found.path, folder)
    yield started
    started.stop()


def asked(server: Server, path: str) -> bytes:
    """The first line of the answer to a GET."""
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(os.path.join(server.address["socket"], server.address["name"]))
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return client.makefile("rb").readline().strip()


def test_it_answers_for_its_accounts_on_the_socket_alone(server: Server) -> None:
    name = server.address["accounts"].partition(":")[0]
    assert asked(server, f"/{name}?comp=list").startswith(b"HTTP/1.1 403")
    assert asked(server, "/devstoreaccount1?comp=list").startswith(b"HTTP/1.1 404")  # whose key all the world knows
    assert listening(server.process.pid) == []


def test_each_account_has_a_key_and_a_file_of_its_own(server: Server) -> None:
    accounts = dict(each.split(":", 1) for each in server.address["accounts"].split(";"))
    assert len(accounts) == len(set(accounts.values())) == azurite.ACCOUNTS
    assert set(accounts) | {azurite.SOCKET} == set(os.listdir(server.address["socket"]))


def test_it_ends_when_it_is_told_to(server: Server) -> None:
    began = time.monotonic()
    server.stop()
    assert server.process.returncode == 0
    assert time.monotonic() - began < 5  # of the ten seconds after which it would be killed


def test_a_package_that_is_broken_is_told(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(NotStarted, match="Cannot find module"):
        azurite.start(str(tmp_path), folder)


def test_without_a_cache_it_is_missing(tmp_path: Path) -> None:
    missing = azurite.find({**os.environ, "XDG_CACHE_HOME": str(tmp_path)})
    assert isinstance(missing, Missing)
    assert "not been fetched yet" in missing.reason


def test_without_the_client_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(azurite.importlib.util, "find_spec", lambda name: None)
    missing = azurite.find({})
    assert isinstance(missing, Missing)
    assert "azure-storage-blob" in missing.reason and "pip install" in missing.advice

"""Docker's engine: found where it is, reached through a door, and left as it was by whoever used it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import docker as driver
import pytest

from runner.engines import Found, Missing, docker, images
from runner.engines.server import Server
from tests.conftest import absent
from tests.engines.test_held import poll, tcp_door

FOREIGN = "learns-own-things"


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """The engine that is here."""
    engine = docker.find({**os.environ, "DOCKER_CONFIG": str(tmp_path)})
    if isinstance(engine, Missing):
        absent(engine.reason)
    assert isinstance(engine, Found)
    return engine


@pytest.fixture
def api(found: Found) -> Iterator[Any]:
    client = driver.APIClient(found.path)
    yield client
    client.close()


@pytest.fixture
def empty(api: Any) -> Iterator[str]:
    """An image with nothing in it, which is somebody's own."""
    name = f"{FOREIGN}:1"
    api.import_image_from_data(archive({"file": b"nothing"}), repository=FOREIGN, tag="1")
    yield name
    api.remove_image(name, force=True)


@contextmanager
def door(path: str) -> Iterator[Server]:
    """A door opened as the keeper does."""
    with tempfile.TemporaryDirectory(prefix="door-", dir="/tmp") as name:
        server = docker.start(path, Path(name))
        try:
            yield server
        finally:
            server.stop()


class Run:
    """What holds a door open for one run, and what it made in the engine."""

    def __init__(self, server: Server) -> None:
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.connect(f"{server.address['socket']}/{docker.DOOR}")
        self._answers = self._connection.makefile("rb")
        self.labels = json.loads(self._answers.readline())

    def opened(self, port: int) -> str:
        self._connection.sendall(json.dumps({"open": port}).encode() + b"\n")
        return str(json.loads(self._answers.readline())["path"])

    def make(self, api: Any, base: str) -> None:
        """One thing of each kind."""
        name = self.labels[docker.RUN]
        container = api.create_container(base, ["none"], labels=self.labels)["Id"]
        changes = [f"LABEL {key}={value}" for key, value in self.labels.items()]
        api.commit(container, changes=changes)
        api.create_network(name, labels=self.labels)
        api.create_volume(name, labels=self.labels)

    def close(self) -> None:
        self._answers.close()
        self._connection.close()


def made(api: Any, labels: dict[str, str]) -> int:
    """How many things carry LABELS."""
    ours = {"label": [f"{key}={value}" for key, value in labels.items()]}
    volumes = api.volumes(filters=ours)["Volumes"] or []
    containers, networks = api.containers(all=True, filters=ours), api.networks(filters=ours)
    return sum(map(len, (containers, networks, volumes, api.images(filters=ours))))


def archive(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as packed:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            packed.addfile(entry, io.BytesIO(content))
    return file.getvalue()


# Finding


def test_the_engine_is_found_with_its_version(found: Found):
    assert found.version[0].isdigit() and found.path.startswith(("unix://", "tcp://"))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("unix:///nowhere/docker.sock", "no engine that answers at /nowhere/docker.sock"),
        ("unix://", "names no socket"),
        ("tcp://192.0.2.1:2375", "another machine"),
        ("tcp://127.0.0.1:99999", "is no address"),
        ("ssh://somebody@example.com", "only unix:// and tcp://"),
    ],
)
def test_an_address_that_cannot_be_used_is_told(url: str, words: str):
    engine = docker.find({"DOCKER_HOST": url})
    assert isinstance(engine, Missing) and words in engine.reason and engine.advice == "unset DOCKER_HOST"


def test_what_answers_and_is_no_engine_is_told():
    with http(lambda path: (200, b"<html>hello</html>")) as port:
        engine = docker.find({"DOCKER_HOST": f"tcp://127.0.0.1:{port}"})
        assert isinstance(engine, Missing) and "no engine that answers" in engine.reason


def test_an_engine_that_is_too_old_is_told():
    told = json.dumps({"Version": "19.3", "ApiVersion": "1.40"}).encode()
    with http(lambda path: (200, told)) as port:
        engine = docker.find({"DOCKER_HOST": f"tcp://127.0.0.1:{port}"})
        assert isinstance(engine, Missing) and "older than 20.10" in engine.reason


def test_the_engine_of_the_context_is_taken(found: Found, tmp_path: Path):
    config = tmp_path / "config"
    meta = config / "contexts" / "meta" / hashlib.sha256(b"work").hexdigest() / "meta.json"
    meta.parent.mkdir(parents=True)
    meta.write_text(json.dumps({"Endpoints": {"docker": {"Host": found.path}}}))
    (config / "config.json").write_text(json.dumps({"currentContext": "work"}))
    engine = docker.find({"DOCKER_CONFIG": str(config)})
    assert isinstance(engine, Found) and engine.how == "the context work"
    other = docker.find({"DOCKER_CONFIG": str(config), "DOCKER_CONTEXT": "home"})
    assert isinstance(other, Missing) and "the context home, which is chosen, is not known" in other.reason


def test_who_may_not_use_the_socket_is_told_the_group(tmp_path: Path):
    if os.getuid() != 0:
        pytest.skip("needs root, to be somebody else")
    with tempfile.TemporaryDirectory(prefix="socket-", dir="/tmp") as name, socket.socket(socket.AF_UNIX) as listener:
        place = Path(name, "docker.sock")
        Path(name).chmod(0o755)
        listener.bind(str(place))
        listener.listen()
        place.chmod(0o600)
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.setuid(65534)
            os.write(write, repr(docker.find({"DOCKER_HOST": f"unix://{place}"})).encode())
            os._exit(0)
        os.waitpid(child, 0)
        words = os.read(read, 4096).decode()
    assert "you may not use" in words and "usermod -aG docker" in words


# The door


def test_what_a_run_made_goes_when_it_ends_and_nothing_else(found: Found, api: Any, empty: str):
    container = api.create_container(empty, ["none"], name=FOREIGN)["Id"]
    api.create_network(FOREIGN)
    api.create_volume(FOREIGN)
    try:
        with door(found.path) as server:
            one, other = Run(server), Run(server)
            one.make(api, empty)
            other.make(api, empty)
            one.close()
            poll(lambda: made(api, one.labels) == 0)
            assert made(api, other.labels) == 4, "the things of a run that goes on"
        assert made(api, other.labels) == 0, "a door that is closed leaves nothing"
        other.close()
        assert api.inspect_container(container)["Id"] == container
        assert api.inspect_image(empty) and api.inspect_network(FOREIGN) and api.inspect_volume(FOREIGN)
    finally:
        api.remove_container(container, force=True)
        api.remove_network(FOREIGN)
        api.remove_volume(FOREIGN)


def test_what_a_killed_door_leaves_goes_with_the_next_one(found: Found, api: Any, empty: str):
    with tempfile.TemporaryDirectory(prefix="door-", dir="/tmp") as name, door(found.path) as alive:
        killed = docker.start(found.path, Path(name))
        left, kept = Run(killed), Run(alive)
        left.make(api, empty)
        kept.make(api, empty)
        killed.process.kill()
        killed.process.wait()
        assert made(api, left.labels) == 4
        with door(found.path):
            poll(lambda: made(api, left.labels) == 0)
        assert made(api, kept.labels) == 4, "the things of another door"
        left.close()
        kept.close()


def test_a_port_is_reached_by_a_socket(found: Found):
    with http(lambda path: (200, b"here")) as port, door(found.path) as server:
        run = Run(server)
        with tcp_door(Path(run.opened(port))) as other, urlopen(f"http://127.0.0.1:{other}/") as reply:
            assert reply.read() == b"here"
        run.close()


def test_it_ends_with_the_engine(found: Found):
    """Here with the bridge that leads to it, as the engine itself is used by others."""
    if not found.path.startswith("unix://"):
        pytest.skip("needs the engine's socket")
    with tempfile.TemporaryDirectory(prefix="engine-", dir="/tmp") as name:
        place = Path(name, "docker.sock")
        argv = [sys.executable, "-P", str(Path(docker.__file__).with_name("bridge.py")), str(place)]
        bridge = subprocess.Popen([*argv, docker.target(found.path)])
        try:
            poll(place.exists)
            with door(f"unix://{place}") as server:
                bridge.kill()
                server.process.wait(20)
        finally:
            bridge.kill()
            bridge.wait()


# Base images


def test_an_image_that_is_missing_is_pulled_and_the_learner_told_how_far_it_is(
    found: Found, api: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(images, "EVERY", 0.0)
    with registry(os.urandom(30_000_000)) as reference:
        name = f"{images.PREFIX}{reference}"
        environ = {"DOCKER_HOST": found.path}
        assert isinstance(images.find(name, environ), Missing)
        told: list[str] = []
        try:
            assert isinstance(images.provide(name, environ, told.append), Found)
        finally:
            api.remove_image(reference, force=True)
    assert told and re.fullmatch(rf"{reference} \[#*\.*\] \d+ of 30 MB", told[-1])


def test_an_image_that_cannot_be_pulled_is_named_with_the_command(found: Found):
    reference = "127.0.0.1:1/nobody/here:1"
    missing = images.provide(f"{images.PREFIX}{reference}", {"DOCKER_HOST": found.path}, lambda words: None)
    assert isinstance(missing, Missing) and "could not be pulled" in missing.reason
    assert f"docker pull {reference}" in missing.advice and "docker load" in missing.advice


def test_without_an_engine_the_engine_is_what_is_missing():
    missing = images.find(f"{images.PREFIX}python:3.11-slim", {"DOCKER_HOST": "unix:///nowhere"})
    assert isinstance(missing, Missing) and missing.name == "docker"


@contextmanager
def registry(content: bytes) -> Iterator[str]:
    """The name of an image, with one file of CONTENT, in a registry that answers to pulls alone."""
    layer = archive({"file": content})
    config = {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": [digest(layer)]}}
    parts = {digest(each): each for each in (layer, json.dumps(config).encode())}
    kind = "application/vnd.docker"
    types = (f"{kind}.image.rootfs.diff.tar", f"{kind}.container.image.v1+json")
    rows = [
        {"mediaType": mime, "size": len(each), "digest": name}
        for mime, (name, each) in zip(types, parts.items(), strict=True)
    ]
    manifest = {"schemaVersion": 2, "mediaType": f"{kind}.distribution.manifest.v2+json", "layers": rows[:1]}
    listed = json.dumps({**manifest, "config": rows[1]}).encode()

    def answer(path: str) -> tuple[int, bytes]:
        if "/manifests/" in path:
            return 200, listed
        return (200, parts[path.rpartition("/")[2]]) if "/blobs/" in path else (200, b"{}")

    with http(answer, str(manifest["mediaType"]), digest(listed)) as port:
        yield f"127.0.0.1:{port}/learn/file:1"


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


@contextmanager
def http(answer: Callable[[str], tuple[int, bytes]], kind: str = "text/plain", name: str = "") -> Iterator[int]:
    """A port that answers GET and HEAD."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, content = answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if "/manifests/" in self.path:
                self.send_header("Docker-Content-Digest", name)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

        do_HEAD = do_GET

        def log_message(self, *words: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()

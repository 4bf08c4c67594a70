"""Docker, API 1.41 (Engine 20.10) or later: the engine at DOCKER_HOST, of the current context, or at a usual socket.

Podman's service is one too where it answers as Docker's does.
"""

from __future__ import annotations

import hashlib
import http.client
import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from runner.engines import EXTRA, Found, Missing
from runner.engines.bridge import connected
from runner.engines.programs import on_path
from runner.engines.server import Server, launch, wait_for

NAME = "docker"
DRIVER = "docker"
OLDEST = (1, 41)
"""The version of the API that came with Engine 20.10, whose builder (BuildKit) needs no setting."""

LINUX = sys.platform == "linux"
INSTALL = "sudo apt install docker.io" if LINUX else "install Docker: https://docs.docker.com/get-started/get-docker/"
BEGIN = "sudo systemctl start docker" if LINUX else "open -a Docker"
JOIN = "sudo usermod -aG docker $USER   (then log in again)"
UNSET = "unset DOCKER_HOST"

ASKED = 3.0
"""Seconds that an engine has to say its version."""

SOCKET, DOOR = "docker.sock", "door.sock"
"""The names of the Unix sockets in the folder that the address names: the engine's API, and the door's own."""

RUN, OWNER = "io.backendlings.run", "io.backendlings.owner"
"""The labels of all that is made for exercises: which run it is for, and which door removes it."""

OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


class _Connection(http.client.HTTPConnection):
    """A connection to an engine, by the path of a Unix socket or `HOST:PORT`."""

    def __init__(self, target: str) -> None:
        super().__init__("docker", timeout=ASKED)
        self._target = target

    def connect(self) -> None:
        self.sock = connected(self._target)
        self.sock.settimeout(ASKED)


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for the address, then for the context's engine, then at the usual places."""
    if importlib.util.find_spec(DRIVER) is None:
        return Missing(NAME, f"its driver, the package {DRIVER}, is not installed", EXTRA)
    if url := environ.get("DOCKER_HOST", ""):
        return _at(url, "DOCKER_HOST", UNSET)
    name, url = _context(environ)
    if name and not url:
        return Missing(NAME, f"the context {name}, which is chosen, is not known", "docker context use default")
    if name:
        return _at(url, f"the context {name}", "docker context use default")
    places = list(_places(environ))
    refused = None
    for place, how in places:
        if not os.path.exists(place):
            continue
        found = _at(f"unix://{place}", how, BEGIN)
        if isinstance(found, Found):
            return found
        refused = refused or found
    if refused:
        return refused
    if on_path("dockerd", environ):
        return Missing(NAME, f"the Docker engine is installed and does not run: there is no {places[0][0]}", BEGIN)
    return Missing(NAME, "there is no Docker engine, and DOCKER_HOST is not set", INSTALL)


def target(url: str) -> str:
    """Where the engine at URL takes connections: the path of a Unix socket, or `HOST:PORT`."""
    parts = urlsplit(url)
    return parts.path if parts.scheme == "unix" else parts.netloc


def ask(url: str, path: str) -> tuple[int, Any]:
    """The status and the JSON that the engine at URL answers to a GET of PATH.

    Raises:
        OSError: it takes no connection, or does not answer in time.
        ValueError: what answers is no engine.
    """
    connection = _Connection(target(url))
    try:
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, json.loads(reply.read())
    except http.client.HTTPException as error:
        raise ValueError(f"what answers there is no Docker engine ({type(error).__name__})") from None
    finally:
        connection.close()


def start(path: str, folder: Path) -> Server:
    """Open a door in FOLDER to the engine at the address PATH; see `docker_door`.

    Raises:
        NotStarted: the engine does not answer.
    """
    place = folder / "socket"
    place.mkdir()
    argv = [sys.executable, "-P", "-B", "-m", "runner.engines.docker_door", str(place), path]
    process = launch(argv, folder)
    server = Server(process, {"socket": str(place), "name": SOCKET})
    try:
        wait_for(place / SOCKET, process, folder)
    except BaseException:
        server.stop()
        raise
    return server


def _at(url: str, how: str, advice: str) -> Found | Missing:
    """The engine at URL, asked for its version."""
    if fault := _no_address(url):
        return Missing(NAME, f"{how} is {url}, {fault}", advice)
    shown = "" if how == "DOCKER_HOST" else f" ({how})"
    try:
        status, told = ask(url, "/version")
        if status != http.client.OK:
            raise ValueError(f"it answers {status}")
        version, api = str(told["Version"]), tuple(int(part) for part in told["ApiVersion"].split("."))
    except PermissionError:
        return Missing(NAME, f"you may not use {target(url)}{shown}", JOIN)
    except (OSError, ValueError, KeyError, TypeError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else error
        named = "DOCKER_HOST leads to" if how == "DOCKER_HOST" else "there is"
        return Missing(NAME, f"{named} no engine that answers at {target(url)}{shown}: {words}", advice)
    if api < OLDEST:
        return Missing(NAME, f"the Docker engine {version}{shown} is older than 20.10", "upgrade Docker")
    return Found(NAME, url, version, how)


def _no_address(url: str) -> str:
    """Why runs cannot use the engine at URL; empty where they may."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "which is no address"
    if parts.scheme == "unix":
        return "" if parts.path else "which names no socket"
    if parts.scheme != "tcp":
        return "and only unix:// and tcp:// can be reached"
    if parts.hostname not in OWN_MACHINE or not port:
        return "which is another machine: the ports of containers there cannot be reached from here"
    return ""


def _context(environ: dict[str, str]) -> tuple[str, str]:
    """The name and the address of the context that is chosen; empty where it is the default one, or not known.

    The SDK can tell them as well, but takes longer to load than `learn run` has.
    https://docs.docker.com/engine/manage-resources/contexts/
    """
    folder = Path(environ.get("DOCKER_CONFIG") or Path.home() / ".docker")
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        config = {}
    name = environ.get("DOCKER_CONTEXT") or (config.get("currentContext") if isinstance(config, dict) else None)
    if not name or name == "default":
        return "", ""
    meta = folder / "contexts" / "meta" / hashlib.sha256(str(name).encode()).hexdigest() / "meta.json"
    try:
        return str(name), str(json.loads(meta.read_text(encoding="utf-8"))["Endpoints"]["docker"]["Host"])
    except (OSError, ValueError, KeyError, TypeError):
        return str(name), ""


def _places(environ: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Where engines put their sockets: Docker's, rootless, Docker Desktop's; then Podman's."""
    own = environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    yield "/var/run/docker.sock", "the usual socket"
    yield f"{own}/docker.sock", "rootless"
    yield str(Path.home() / ".docker" / "run" / "docker.sock"), "Docker Desktop"
    yield f"{own}/podman/podman.sock", "Podman, rootless"
    yield "/run/podman/podman.sock", "Podman"

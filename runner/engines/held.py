"""Using a server: have its keeper started where none runs, and hold a connection to it for as long as it is needed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from runner.engines.server import NotStarted, full_disk
from runner.files import private_temporary

ANSWER_LIMIT = 60.0
"""Seconds until a keeper must have said where its server is."""


@dataclass(frozen=True)
class Held:
    """A server in use: its address, and the connection to its keeper that says so."""

    name: str
    address: dict[str, str]
    connection: socket.socket

    @property
    def gone(self) -> bool:
        """Whether nobody takes connections on its socket: its keeper, which looks less often, is about to say so."""
        with socket.socket(socket.AF_UNIX) as probe:
            found = probe.connect_ex(os.path.join(self.address["socket"], self.address["name"]))
        return found in (errno.ECONNREFUSED, errno.ENOENT)

    @property
    def full(self) -> str:
        """What there is to say of a full disk, below the server's files."""
        with contextlib.suppress(OSError):  # it has gone meanwhile
            return full_disk(Path(self.address["socket"]))
        return ""

    def why_gone(self) -> str:
        """What its keeper has said of its end, such as that the disk is full; an empty text where nothing."""
        line = _line(self.connection, 1.0)
        return str(json.loads(line)["ended"]) if line else ""

    def close(self) -> None:
        """Need it no longer."""
        self.connection.close()


def summon(name: str, found: str) -> bool:
    """Have a keeper of the server NAME, as it was FOUND, without waiting for it; returns whether one is started now."""
    place = _place(name, found)
    if connection := connect(place):
        connection.close()
        return False
    command = [sys.executable, "-P", "-m", "runner.engines.keeper", name, found, str(place)]
    with place.with_suffix(".log").open("ab") as log:
        # By a shell that ends at once: no child is left for this process to ask for.
        subprocess.run(
            ["/bin/sh", "-c", '"$@" &', "sh", *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=False,
        )
    return True


def hold(name: str, found: str) -> Held:
    """Wait for the server NAME, which was summoned, and hold it.

    Raises:
        NotStarted: it did not come up.
    """
    limit = time.monotonic() + ANSWER_LIMIT
    while time.monotonic() < limit:
        connection = connect(_place(name, found))
        line = _line(connection, limit - time.monotonic()) if connection else b""
        if connection and line:
            answer = json.loads(line)
            if "address" in answer:
                return Held(name, answer["address"], connection)
            connection.close()
            raise NotStarted(answer["failed"])
        time.sleep(0.01)  # it is not there yet, or was about to go
    words = _place(name, found).with_suffix(".log").read_text(errors="replace").strip().splitlines()
    raise NotStarted(words[-1] if words else "its keeper did not answer")


def _place(name: str, found: str) -> Path:
    """The socket of the keeper: one for each user of the machine and each way in which the server was found."""
    return private_temporary("engines") / f"{name}-{hashlib.sha256(found.encode()).hexdigest()[:12]}.sock"


def connect(place: Path) -> socket.socket | None:
    """A connection to the keeper at PLACE; None where there is none."""
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(place))
    except OSError:
        connection.close()
        return None
    return connection


def _line(connection: socket.socket, seconds: float) -> bytes:
    connection.settimeout(seconds)
    data = b""
    with contextlib.suppress(OSError):
        while not data.endswith(b"\n") and (more := connection.recv(65536)):
            data += more
    return data if data.endswith(b"\n") else b""

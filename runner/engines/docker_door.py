"""The door to a Docker engine, for runs: its API, the ports that containers publish, and the end of what runs made.

`python -m runner.engines.docker_door FOLDER URL`. Runs in rooms have no network but a loopback of their own, so both
are Unix sockets in FOLDER. `docker.sock` is the engine's API. A run holds a connection to `door.sock`: it is told the
labels for all that it makes there, one line of JSON, and may ask for a port, `{"open": 32768}`, to be told the path of
a socket that leads to it. When the connection ends, however the run ended, what carries the run's label is removed.

The label of the door itself tells what a door left that was killed: the next one removes that.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from runner.engines.docker import DOOR, OWNER, RUN, SOCKET, target
from runner.files import alive

PART = 1 << 18
"""Bytes that are passed on at once."""

SECOND_LOOK = 2.0
"""Seconds after which what a run made is looked for again: a build that is broken off at its very end is kept."""

LIMIT = 30
"""Seconds that the engine may take to remove one thing."""


class Door:
    """The sockets, and the runs that use them."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder
        self._url = url
        self._owner = f"{_this_machine()}:{os.getpid()}"
        self._runs: set[str] = set()
        self._tidying = asyncio.Lock()
        self._later: set[asyncio.Task[None]] = set()

    async def serve(self, until: asyncio.Event) -> None:
        """Serve until the event, or until the engine ends; then remove what is left of every run.

        Raises:
            OSError: the engine does not answer.
        """
        reader, writer = await _connected(target(self._url))
        ends = [asyncio.ensure_future(until.wait()), asyncio.ensure_future(_until_ended(reader, writer))]
        await asyncio.start_unix_server(self._serve_run, self._folder / DOOR)
        await asyncio.start_unix_server(self._serve_api, self._folder / SOCKET)
        self._soon(self._tidy())
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for name in (DOOR, SOCKET):
            (self._folder / name).unlink(missing_ok=True)
        self._runs.clear()
        await self._tidy()

    async def _serve_api(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _lead(reader, writer, target(self._url))

    async def _serve_run(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        run = secrets.token_hex(8)
        self._runs.add(run)
        ports: list[asyncio.Server] = []
        try:
            _say(writer, {RUN: run, OWNER: self._owner})
            while line := await reader.readline():
                place = self._folder / f"{run}-{len(ports)}"
                ports.append(await self._opened(place, f"127.0.0.1:{int(json.loads(line)['open'])}"))
                _say(writer, {"path": str(place)})
        except ConnectionError:
            pass
        finally:
            writer.close()
            for number, each in enumerate(ports):
                each.close()
                (self._folder / f"{run}-{number}").unlink(missing_ok=True)
            self._runs.discard(run)
            self._soon(self._tidy())
            self._soon(self._tidy(SECOND_LOOK))

    async def _opened(self, place: Path, port: str) -> asyncio.Server:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await _lead(reader, writer, port)

        return await asyncio.start_unix_server(serve, place)

    def _soon(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._later.add(task)  # the loop itself keeps none
        task.add_done_callback(self._later.discard)

    async def _tidy(self, after: float = 0.0) -> None:
        """Remove what belongs to no run any more, AFTER seconds."""
        await asyncio.sleep(after)
        async with self._tidying:
            await asyncio.to_thread(self._remove)

    def _remove(self) -> None:
        """An engine that has ended is not asked: what it holds is removed by the door to its successor."""
        from docker import APIClient
        from docker.errors import DockerException

        with contextlib.suppress(DockerException, OSError):
            api = APIClient(self._url, timeout=LIMIT)
            for labels, remove in _made(api):
                if self._is_over(labels.get(OWNER, ""), labels.get(RUN, "")):
                    with contextlib.suppress(DockerException):  # it went by itself, or a run of another door uses it
                        remove()

    def _is_over(self, owner: str, run: str) -> bool:
        if owner == self._owner:
            return run not in self._runs
        machine, _, pid = owner.rpartition(":")
        return machine == _this_machine() and pid.isdigit() and not alive(int(pid))


def _made(api: Any) -> Iterator[tuple[dict[str, str], Callable[[], None]]]:
    """All in the engine that carries our label: its labels, and what removes it."""
    ours = {"label": [OWNER]}
    for each in api.containers(all=True, filters=ours):
        yield each["Labels"], partial(api.remove_container, each["Id"], v=True, force=True)
    for each in api.images(filters=ours):
        yield each["Labels"], partial(api.remove_image, each["Id"], force=True)
    for each in api.networks(filters=ours):
        yield each["Labels"], partial(api.remove_network, each["Id"])
    for each in api.volumes(filters=ours)["Volumes"] or []:
        yield each["Labels"], partial(api.remove_volume, each["Name"], force=True)


async def _until_ended(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Return when the engine is gone: it then ends this connection, on which it has nothing to tell."""
    with contextlib.suppress(OSError):
        writer.write(b'GET /events?filters={"label":["%s=none"]} HTTP/1.1\r\nHost: docker\r\n\r\n' % RUN.encode())
        while await reader.read(PART):
            pass


def _this_machine() -> str:
    """This machine and person, as far as processes can be seen: a container with the same engine has other ones."""
    return f"{socket.gethostname()}:{os.getuid()}"


def _say(writer: asyncio.StreamWriter, data: dict[str, str]) -> None:
    writer.write(json.dumps(data).encode() + b"\n")


async def _connected(place: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if place.startswith("/"):
        return await asyncio.open_unix_connection(place)
    host, _, port = place.rpartition(":")
    return await asyncio.open_connection(host.strip("[]"), int(port))


async def _lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, place: str) -> None:
    """Pass what comes on to PLACE, and back."""
    try:
        far_reader, far_writer = await _connected(place)
    except OSError:
        writer.close()
        return
    await asyncio.gather(_pass_on(reader, far_writer), _pass_on(far_reader, writer))
    for each in (writer, far_writer):
        each.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(PART):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()


async def main(folder: str, url: str) -> None:
    """Serve until SIGTERM, or until the engine ends."""
    until = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, until.set)
    try:
        await Door(Path(folder), url).serve(until)
    except OSError as error:
        sys.exit(f"it does not answer at {target(url)}: {error.strerror or error}")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

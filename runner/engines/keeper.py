"""The keeper: a process that starts one server, tells its users where it is, and ends with the last of them.

`python -m runner.engines.keeper NAME FOUND SOCKET`. A user is whoever holds a connection to SOCKET open. The kernel
closes it with the user's process, however that ends, so the keeper needs no other sign of life.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from runner.engines.held import connect
from runner.engines.server import NotStarted, Server, full_disk
from runner.engines.servers import SERVERS
from runner.files import alive, short_temporary

LINGER = 5.0
"""Seconds that a server without users is kept, for the next exercise or the next `learn run`."""

PREFIX = "backendlings-engine-"


class Keeper:
    """One server and its users."""

    def __init__(self, name: str, found: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{name}-{os.getpid()}-", dir=short_temporary()))
        self._starting = asyncio.ensure_future(asyncio.to_thread(SERVERS[name], found, self._folder))
        self._users: set[asyncio.StreamWriter] = set()
        self._told = False
        self._changed = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Tell one user where the server is, and count them in for as long as they hold the connection."""
        self._users.add(writer)
        self._changed.set()
        try:
            writer.write(json.dumps(await self._answer()).encode() + b"\n")
            self._told = True
            await reader.read()
        except ConnectionError:
            pass
        finally:
            self._users.remove(writer)
            self._changed.set()
            writer.close()

    async def _answer(self) -> dict[str, object]:
        try:
            return {"address": (await asyncio.shield(self._starting)).address}
        except (NotStarted, OSError) as error:
            return {"failed": f"{error}{full_disk(self._folder)}"}

    async def until_unused(self) -> None:
        """Return when nobody has held a connection for `LINGER` seconds."""
        while True:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), LINGER)
            except TimeoutError:
                if not self._users:
                    return

    async def until_ended(self) -> None:
        """Return when the server has ended, or could not be started and those who wait for it were told."""
        with contextlib.suppress(NotStarted, OSError):
            process = (await asyncio.shield(self._starting)).process
            while process.poll() is None:
                await asyncio.sleep(0.1)
            words = full_disk(self._folder)  # before its files are removed, which makes room
            for user in self._users if words else ():
                user.write(json.dumps({"ended": words}).encode() + b"\n")
            return
        while self._users or not self._told:  # whoever summoned this keeper may come only now
            self._changed.clear()
            await self._changed.wait()

    async def close(self) -> None:
        """Stop the server and remove its files."""
        with contextlib.suppress(NotStarted, OSError):
            server: Server = await self._starting
            await asyncio.to_thread(server.stop)
        shutil.rmtree(self._folder, ignore_errors=True)


async def keep(name: str, found: str, socket: str) -> None:
    """Keep the server NAME, as it was FOUND, for those who connect to SOCKET."""
    keeper = Keeper(name, found)
    listener = await asyncio.start_unix_server(keeper.serve, socket)
    ends = [asyncio.ensure_future(each) for each in (keeper.until_unused(), keeper.until_ended())]
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        Path(socket).unlink(missing_ok=True)  # first: whoever comes from now on starts another keeper
        listener.close()
        for each in ends:
            each.cancel()
        await keeper.close()


def sweep() -> None:
    """Remove the folders of keepers that are no more."""
    for folder in short_temporary().glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).split("-")[1]
        if pid.isdigit() and os.getuid() in (folder.lstat().st_uid, 0) and not alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def main(name: str, found: str, socket: str) -> None:
    """Keep the server, unless another keeper does; wait for one that is about to go."""
    place = Path(socket)
    with place.with_suffix(".lock").open("ab") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if connection := connect(place):
                    connection.close()
                    return
                time.sleep(0.02)
        place.unlink(missing_ok=True)  # of a keeper that was killed
        sweep()
        asyncio.run(keep(name, found, socket))


if __name__ == "__main__":
    main(*sys.argv[1:])

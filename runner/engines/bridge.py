"""The bridge: a process that takes connections on a Unix socket and passes them on to a server elsewhere.

`python -m runner.engines.bridge SOCKET HOST PORT`, or with the path of a Unix socket instead of HOST and PORT. Runs in
rooms have no network but a loopback of their own; a Unix socket is a file, and a file can be shown to them.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys


async def serve(socket: str, *target: str) -> None:
    """Pass on each connection to SOCKET until this process is ended."""

    async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await _connect(*target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_copy(reader, there[1]), _copy(there[0], writer))

    server = await asyncio.start_unix_server(passed_on, socket)
    await server.serve_forever()


async def _connect(*target: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if len(target) == 1:
        return await asyncio.open_unix_connection(target[0])
    return await asyncio.open_connection(target[0], int(target[1]))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))

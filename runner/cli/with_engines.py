"""`learn with`: an engine for the learner's own tries."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click

from runner.cli.terminal import say
from runner.errors import BlockedError, UsageError

DOOR_LIMIT = 10.0
"""Seconds until a port must be open; a few milliseconds on an idle machine."""


@click.command("with", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("engines")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def with_command(engines: str, command: tuple[str, ...]) -> int:
    """Run COMMAND with ENGINES, such as `mongodb,redis`, their addresses in its environment.

    Without COMMAND they run until Ctrl-C, and their addresses are printed.
    """
    names = engines.split(",")
    _refuse_unknown(names)
    with contextlib.ExitStack() as stack:
        given: dict[str, str] = {}
        for name in names:
            given |= stack.enter_context(_engine(name))
        return _run(command, given) if command else _wait(given)


def _refuse_unknown(names: list[str]) -> None:
    from runner.engines.servers import GIVEN

    for name in names:
        if name not in GIVEN:
            known = ", ".join(sorted(GIVEN))
            raise UsageError(f"There is no server {name}.", expected=f"some of {known}", advice="learn with --help")


@contextlib.contextmanager
def _engine(name: str) -> Iterator[dict[str, str]]:
    """The server NAME at a port of the loopback; gives what the environment says of it."""
    from runner.engines import Missing, held
    from runner.engines.find import find
    from runner.engines.server import NotStarted
    from runner.engines.servers import GIVEN

    found = find(name)
    if isinstance(found, Missing):
        raise BlockedError(found.reason, advice=found.advice)
    if held.summon(name, found.path):
        say(f"Starting {name} ...", error=True)
    try:
        server = held.hold(name, found.path)
    except NotStarted as error:
        raise BlockedError(f"The engine {name} did not start: {error}", advice="learn doctor") from None
    with contextlib.closing(server), _door(Path(server.address["socket"], server.address["name"])) as port:
        yield GIVEN[name](server.address, port)


@contextlib.contextmanager
def _door(place: Path) -> Iterator[int]:
    """A port of the loopback that leads to the Unix socket PLACE."""
    from runner.engines import bridge
    from runner.engines.ports import answers, free_port
    from runner.engines.server import NotStarted, last_words, launch

    with tempfile.TemporaryDirectory(prefix="backendlings-door-") as folder:
        port = free_port()
        argv = [sys.executable, "-P", "-B", "-S", bridge.__file__, f"127.0.0.1:{port}", str(place)]
        process = launch(argv, Path(folder))
        try:
            limit = time.monotonic() + DOOR_LIMIT
            while not answers(port):
                if process.poll() is not None or time.monotonic() > limit:
                    raise NotStarted(last_words(Path(folder)))
                time.sleep(0.005)
            yield port
        finally:
            process.terminate()
            process.wait()


def _run(command: tuple[str, ...], given: dict[str, str]) -> int:
    """Run COMMAND with GIVEN in its environment; returns its exit status as shells tell it."""
    try:
        process = subprocess.Popen(command, env={**os.environ, **given})
    except OSError as error:
        raise UsageError(f"{command[0]} cannot be run: {error.strerror}.", advice="learn with --help") from None
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the command's, which may have its own use for it
    try:
        status = process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return 128 - status if status < 0 else status


def _wait(given: dict[str, str]) -> int:
    for name, address in given.items():
        say(f"{name}={address}")
    say("Ctrl-C ends it.", error=True)
    with contextlib.suppress(KeyboardInterrupt):
        signal.pause()
    return 0

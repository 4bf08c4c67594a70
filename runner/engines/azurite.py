"""Azurite, the emulator of Azure's storage, from npm: its service for blobs, with an account for each run.

An address in the environment is not asked for: AZURE_STORAGE_CONNECTION_STRING leads people to their own storage.
"""

from __future__ import annotations

import base64
import importlib.util
import os
import secrets
from pathlib import Path

from runner.engines import EXTRA, Found, Missing, node, packages
from runner.engines.server import NotStarted, Server, launch, wait_for

NAME = "azurite"
DRIVER = "azure.storage.blob"

SOCKET = "azurite.sock"
"""The name of the Unix socket, in the folder that the address names."""

ACCOUNTS = 64
"""Accounts that it is started with, since later ones it learns of too late; a run takes one."""

KEY_BYTES = 64
"""The length of an account's key, as Azure has it."""

MOST_MEMORY = 256
"""MiB that the blobs of all runs may take together."""


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for Python's client, then for the package in the cache of npm."""
    try:
        driver = importlib.util.find_spec(DRIVER)
    except ModuleNotFoundError:  # of a package above it
        driver = None
    if driver is None:
        return Missing(NAME, "its client azure-storage-blob is not installed", EXTRA)
    return packages.find(NAME, environ)


def provide(environ: dict[str, str]) -> Found | Missing:
    """Fetch the package into the cache where it is not there; takes seconds and a network."""
    fetched = packages.provide(NAME, environ)
    return fetched if isinstance(fetched, Missing) else find(environ)


def start(path: str, folder: Path) -> Server:
    """Start the package at PATH on a Unix socket in FOLDER; each account has a file there, for the run that takes it.

    Raises:
        NotStarted: it did not come up.
    """
    program = node.find(dict(os.environ))
    if isinstance(program, Missing):
        raise NotStarted(program.reason)
    place = folder / "socket" / SOCKET
    place.parent.mkdir()
    accounts = {f"learn{number}": _key() for number in range(1, ACCOUNTS + 1)}
    for name in accounts:
        (place.parent / name).touch(mode=0o600)
    told = ";".join(f"{name}:{key}" for name, key in accounts.items())
    script = Path(__file__).parent / "azurite_server.cjs"
    argv = [program.path, str(script), path, str(place), str(MOST_MEMORY)]
    process = launch(argv, folder, environment={**os.environ, "AZURITE_ACCOUNTS": told})
    server = Server(process, {"socket": str(place.parent), "name": SOCKET, "accounts": told})
    try:
        wait_for(place, process, folder)
    except BaseException:
        server.stop()
        raise
    return server


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()

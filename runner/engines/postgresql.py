"""PostgreSQL, 12 or later: the server that DATABASE_URL leads to, else a cluster of our own from installed programs."""

from __future__ import annotations

import importlib.util
import re
import secrets
import shutil
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

from runner.engines import EXTRA, Found, Missing
from runner.engines.programs import dotted, on_path, too_old, version
from runner.engines.server import START_LIMIT, NotStarted, Server, bridged, last_words, launch, own, unprivileged

NAME = "postgresql"
OLDEST = (12,)
DRIVER = "psycopg"
INSTALL = "sudo apt install postgresql   (macOS: brew install postgresql)"
PLACES = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin")
"""Where packages put the server's programs without having them on PATH: Debian, Red Hat, Homebrew."""

SOCKET = ".s.PGSQL.5432"
ADMIN, LEARNER, DATABASE = "learn_admin", "learn", "learn"

SETTINGS = {
    "listen_addresses": "",  # the Unix socket alone
    "max_connections": "60",
    "fsync": "off",  # nothing in it outlives the evening
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # plans then change only when a check says ANALYZE
    "lc_messages": "C",
    "timezone": "UTC",
    "shared_buffers": "32MB",
}


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for the address, then for the programs."""
    if importlib.util.find_spec(DRIVER) is None:
        return Missing(NAME, f"its driver {DRIVER} is not installed", EXTRA)
    if url := environ.get("DATABASE_URL", ""):
        return _at(url)
    path = _installed(environ)
    if not path:
        return Missing(NAME, "there is no program `postgres`, and DATABASE_URL is not set", INSTALL)
    numbers = version(path, "--version")
    if numbers < OLDEST:
        return Missing(NAME, too_old("PostgreSQL", path, numbers, OLDEST), INSTALL)
    return Found(NAME, path, dotted(numbers), "installed")


def start(path: str, folder: Path) -> Server:
    """Start a cluster in FOLDER with the program at PATH, or reach the server at the address PATH.

    Raises:
        NotStarted: it did not come up.
    """
    if "://" in path:
        return _bridged(path, folder)
    user = unprivileged()
    own(folder, user)
    address = {"user": LEARNER, "password": secrets.token_hex(12), "database": DATABASE}
    _initialise(Path(path), folder, user, address["password"])
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    process = launch([path, "-D", str(folder / "data"), "-k", str(folder), *settings], folder, user)
    server = Server(process, {"socket": str(folder), "name": SOCKET, **address})
    try:
        _make_learner(server, folder)
    except BaseException:
        server.stop()
        raise
    return server


def given(address: dict[str, str], port: int) -> dict[str, str]:
    """The environment of a program that is to reach the server at PORT."""
    login = f"{quote(address['user'], safe='')}:{quote(address['password'], safe='')}@" if address["user"] else ""
    return {"DATABASE_URL": f"postgresql://{login}127.0.0.1:{port}/{quote(address['database'], safe='')}"}


def _bridged(url: str, folder: Path) -> Server:
    """The server at URL, by a socket of its usual name in FOLDER."""
    from psycopg.conninfo import conninfo_to_dict

    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    host, port = parts.get("host", "/var/run/postgresql"), parts.get("port", "5432")
    target = f"{host}/{SOCKET[:-4]}{port}" if host.startswith("/") else f"{host}:{port}"
    process = bridged(folder / SOCKET, target, folder)
    user = parts.get("user", "")
    address = {"user": user, "password": parts.get("password", ""), "database": parts.get("dbname", user)}
    return Server(process, {"socket": str(folder), "name": SOCKET, **address})


def _at(url: str) -> Found | Missing:
    """The server at URL, asked for its version."""
    import psycopg

    try:
        parts = urlsplit(url)
        shown = f"{parts.scheme}://{parts.hostname or ''}{parts.path}"  # without the password
        if parts.scheme not in ("postgres", "postgresql"):
            return Missing(
                NAME, f"DATABASE_URL is not PostgreSQL's: it begins with {parts.scheme}", "unset DATABASE_URL"
            )
        with psycopg.connect(url, connect_timeout=3) as connection:
            numbers = divmod(connection.info.server_version, 10_000)
    except (psycopg.Error, ValueError) as error:
        reason = " ".join(str(error).split())
        return Missing(NAME, f"DATABASE_URL leads to no server that answers: {reason}", "unset DATABASE_URL")
    if numbers < OLDEST:
        return Missing(NAME, too_old("PostgreSQL", shown, numbers, OLDEST), "unset DATABASE_URL")
    return Found(NAME, url, dotted(numbers), "DATABASE_URL")


def _installed(environ: dict[str, str]) -> str | None:
    """The full path of `postgres`: beside it lies `initdb`, which PATH often has in another place."""
    if path := on_path("postgres", environ):
        return str(Path(path).resolve())
    found = [str(each) for place in PLACES for each in Path("/").glob(f"{place}/postgres")]
    return max(found, key=lambda each: [int(number) for number in re.findall(r"\d+", each)], default=None)


def _initialise(program: Path, folder: Path, user: str | None, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if user:
        shutil.chown(secret, user)
    argv = [str(program.with_name("initdb")), "-D", str(folder / "data"), "-E", "UTF8", "--locale", "C", "--no-sync"]
    process = launch([*argv, "--username", ADMIN, "--auth", "password", "--pwfile", str(secret)], folder, user)
    if process.wait() != 0:
        raise NotStarted(f"initdb failed: {last_words(folder)}")
    secret.unlink()


def _make_learner(server: Server, folder: Path) -> None:
    """Wait until the cluster answers and make the role and the database that runs use."""
    import psycopg

    password = server.address["password"]
    limit = time.monotonic() + START_LIMIT
    while True:
        try:
            connection = psycopg.connect(
                host=str(folder), user=ADMIN, password=password, dbname="postgres", autocommit=True
            )
            break
        except psycopg.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > limit:
                raise NotStarted(last_words(folder) or str(error)) from None
            time.sleep(0.01)
    with connection:
        connection.execute(f"CREATE ROLE {LEARNER} LOGIN PASSWORD '{password}'")  # hexadecimal digits alone
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {LEARNER}")

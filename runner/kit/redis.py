"""The fixture `redis`: a database of the run's own on Redis, and what the learner's code did to it.

The databases of a server are numbers, and a run takes a free one. Who has which is written in the last of them: the
owner's name, which its connection has too (`CLIENT SETNAME`), so that the one of a run that was killed is free again.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import redis

from runner.kit.context import Context
from runner.kit.learner import Handle
from runner.kit.outcomes import EngineFailed
from runner.kit.part import Part
from runner.kit.proxy import Proxy

LEDGER = "learn:database:"
"""What the keys begin with that say who has a database."""

GIVE_UP = """
if redis.call('get', KEYS[1]) == ARGV[1] then
  redis.call('select', ARGV[2])
  redis.call('flushdb')
  redis.call('select', ARGV[3])
  redis.call('del', KEYS[1])
end
"""
"""In Lua, so that nobody comes in between: empty a database and give it up, unless it is somebody else's by now."""

EXPIRY_LIMIT = 2.0
"""Seconds until a key must have expired that was told to at once."""

OF_CONNECTIONS = {"AUTH", "CLIENT", "COMMAND", "HELLO", "PING", "QUIT", "RESET", "SELECT"}
"""Commands that a client's library sends by itself."""


class Redis(Part):
    """One run's database; `client` is the check's own way to it."""

    def __init__(self, context: Context) -> None:
        self.number = 0
        self.client: Any = None
        self._ledger: Any = None
        self._context = context
        self._address = context.servers["redis"]
        self._path = str(Path(self._address["socket"], self._address["name"]))
        self._owner = f"learn-{secrets.token_hex(8)}"
        self._last = int(self._address["databases"]) - 1
        self._doors: dict[str, Proxy] = {}

    def prepare(self) -> None:
        """Reach the server and take an empty database.

        Raises:
            EngineFailed: it does not answer, or has no empty database left.
        """
        try:
            self._ledger = self._connected(self._last, client_name=self._owner)
            self.number = self._taken()
            self.client = self._connected(self.number)
            self.client.flushdb()
            self._context.ahead.append(self.handle().asked)
        except redis.RedisError as error:
            raise EngineFailed(expected="an answer of Redis", got=str(error)) from None

    @property
    def environment(self) -> dict[str, str]:
        """`REDIS_URL`."""
        return {"REDIS_URL": self.url}

    @property
    def url(self) -> str:
        """The address for the learner's services: that of a port on the loopback (`REDIS_URL`)."""
        return self.url_by("")

    @property
    def proxy(self) -> Proxy:
        """What stands between `url` and the server."""
        return self.door("")

    def door(self, name: str) -> Proxy:
        """A door that only those go through who got `url_by(name)`; opened when it is first asked for."""
        if name not in self._doors:
            self._doors[name] = Proxy(self._context, self._path)
        return self._doors[name]

    def url_by(self, name: str) -> str:
        """The address that leads through the door NAME, for one copy of a service alone."""
        return f"redis://{self._address['login']}127.0.0.1:{self.door(name).port}/{self.number}"

    def handle(self) -> Handle:
        """A client in the learner's language, for `learner.call`: redis-py's with texts for answers, node-redis'."""
        order = {"path": self._path, "database": self.number}
        if self._address["login"]:
            order |= {"user": self._address["user"], "password": self._address["password"]}
        return Handle("redis", order, "client")

    def stop(self) -> None:
        """End the server, as it looks through `url`; `start` undoes it, and so does the end of the check."""
        self.proxy.refuse()

    def start(self) -> None:
        """Undo `stop`."""
        self.proxy.restore()

    @property
    def keys(self) -> list[str]:
        """The keys of this database."""
        return sorted(self.client.keys())

    def seconds_left(self) -> dict[str, float | None]:
        """For each key how long it lives yet; None for one without an expiry."""
        left = {key: self.client.pttl(key) for key in self.keys}
        return {key: None if ms == -1 else ms / 1000 for key, ms in left.items() if ms != -2}  # -2: it is gone by now

    def expire_now(self, *keys: str) -> None:
        """Have KEYS expire, and return when they are gone; one that is not there is gone already.

        Somebody may make them anew at once.
        """
        for key in keys:
            self.client.pexpire(key, 1)
        limit = time.monotonic() + EXPIRY_LIMIT
        while any(0 <= self.client.pttl(key) <= 1 for key in keys):
            if time.monotonic() > limit:
                raise EngineFailed(expected=f"{', '.join(keys)} to expire", got="they are still there")

    @contextlib.contextmanager
    def commands(self) -> Iterator[list[str]]:
        """The commands that reach this database in the block, each with its arguments, such as `GET user:1`.

        They are in the list when the block is over. Left out are those that libraries send to set up a connection,
        and those inside a script, which EVAL stands for.
        """
        seen: list[str] = []
        end = secrets.token_hex(8)
        with self._connected(self.number) as watcher, watcher.monitor() as monitor:
            yield seen
            self.client.echo(end)
            for each in monitor.listen():
                if each["command"] == f"ECHO {end}":
                    break
                name, _, rest = each["command"].partition(" ")
                ours = each["db"] == self.number and each["client_type"] != "lua"
                if ours and name.upper() not in OF_CONNECTIONS:
                    seen.append(f"{name.upper()} {rest}".strip())

    def answer_again(self, command: str) -> Any:
        """What COMMAND, one of `commands`, is answered now, to see how much it fetches; None for one that writes.

        Its arguments must hold no spaces.
        """
        name, *arguments = command.split()
        told = self.client.execute_command("COMMAND INFO", name)
        if not told or not told[0] or "readonly" not in told[0][2]:
            return None
        return self.client.execute_command(name, *arguments)

    def tidy(self) -> None:
        """At the end of a check: the server can be reached."""
        for door in self._doors.values():
            door.restore()

    def close(self) -> None:
        """Empty the database and give it up."""
        for door in self._doors.values():
            door.close()
        with contextlib.suppress(redis.RedisError):
            if self.client:
                self._give_up(self.number, self._owner)
        for each in (self.client, self._ledger):
            if each:
                each.close()

    def _connected(self, database: int, **more: Any) -> Any:
        return redis.Redis(
            unix_socket_path=self._path,
            db=database,
            username=self._address["user"] or None,
            password=self._address["password"] or None,
            decode_responses=True,
            encoding_errors="surrogateescape",  # a learner's keys may be any bytes
            **more,
        )

    def _taken(self) -> int:
        """The number of a database that is nobody's and holds no keys."""
        self._sweep()
        used = {int(name.removeprefix("db")) for name in self._ledger.info("keyspace")}
        for number in range(1, self._last):
            if number not in used and self._ledger.set(f"{LEDGER}{number}", self._owner, nx=True):
                return number
        raise EngineFailed(
            expected=f"one of the databases 1 to {self._last - 1} that is empty and free",
            got="each holds keys or is used by another run",
        )

    def _sweep(self) -> None:
        """Give up the databases of runs that were killed: nobody is connected who says to be their owner."""
        owners = {key: self._ledger.get(key) for key in self._ledger.scan_iter(f"{LEDGER}*")}
        here = {each["name"] for each in self._ledger.client_list()}
        for key, owner in owners.items():
            if owner and owner not in here:
                self._give_up(int(key.removeprefix(LEDGER)), owner)

    def _give_up(self, number: int, owner: str) -> None:
        self._ledger.eval(GIVE_UP, 1, f"{LEDGER}{number}", owner, number, self._last)

"""The fixture `mongo`: a database of the run's own on MongoDB, and what the learner's code did to it.

Programs of the learner's say in their address who they are (`appName`), so that the profiler records their operations
alone and failures that a check orders meet them alone, on a server that other runs use at the same time.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from bson.datetime_ms import DatetimeMS
from pymongo import MongoClient
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError, OperationFailure, PyMongoError

from runner.kit.context import Context
from runner.kit.learner import Handle
from runner.kit.outcomes import EngineFailed, NotYet
from runner.kit.part import Part
from runner.kit.proxy import Proxy

Document = dict[str, Any]

PREFIX = "learn_"
"""What the names of runs' databases begin with."""

SHARED = "learn"
"""The database of what runs share: who uses the one failpoint."""

FAILPOINT = "failCommand"
"""The one that commands have: each run that sets it undoes what another has set."""

ANSWER_LIMIT = 3000
"""Milliseconds that a client waits for a server that does not answer; half a minute if it were not told."""

MOST_PROFILE = 16 * 1024 * 1024
"""Bytes of operations that the profiler keeps, thousands of them."""

WRITE_CONFLICT = 112
"""The code of the error that `fail` orders: one that a client may try again."""

DROP_PENDING = 215
"""The code of MongoDB's error where a database is being dropped already."""

FAIL_LIMIT = 10.0
"""Seconds that a run waits for another one to be done with the failpoint."""

GATE_LIMIT = 4.0
"""Seconds in which all programs have come to a gate; one that never comes holds the others up for so long."""

PASS_LIMIT = 20.0
"""Seconds in which MongoDB has looked twice for what is expired; it does so every second (`ttlMonitorSleepSecs`)."""

MOST_SHOWN = 60
"""Characters that a message shows of what is no list of documents."""

NO_PART = ("lsid", "txnNumber", "autocommit", "startTransaction", "readConcern", "writeConcern", "cursor", "apiVersion")
"""What the profiler shows of a command that is no part of the question asked."""

NAMES = {"query": "find", "remove": "delete"}
"""The profiler's words for commands that have other names elsewhere."""


@dataclass(frozen=True)
class Operation:
    """One operation of the learner's code, as the profiler has it.

    Args:
        name: the command: `find`, `aggregate`, `insert`, `update`, `delete`, `getmore`, `createIndexes` ...
        collection: the collection that it was for.
        command: what was asked.
        plan: how documents were found, such as `COLLSCAN` or `IXSCAN { user: 1 }`; empty where none were looked for.
        docs_examined: documents that were read.
        keys_examined: entries of indexes that were read.
        returned: documents that were returned, for an aggregation those of its end.
        sorted: whether documents were sorted in memory, which takes all of them before the first goes out.
        size: bytes of the answer.
    """

    name: str
    collection: str
    command: Document
    plan: str
    docs_examined: int
    keys_examined: int
    returned: int
    sorted: bool
    size: int


@dataclass(frozen=True)
class Plan:
    """How a query was carried out: `explain` with `executionStats`.

    Args:
        stages: the names of all stages of the plan that won, from the top on, such as `FETCH`, `IXSCAN`; those of an
            aggregation after the first ones begin with `$`.
        indexes: the names of the indexes that it uses.
    """

    stages: tuple[str, ...]
    indexes: tuple[str, ...]
    docs_examined: int
    keys_examined: int
    returned: int


class Mongo(Part):
    """One run's database, which goes with the run."""

    def __init__(self, context: Context) -> None:
        self.name = f"{PREFIX}{secrets.token_hex(8)}"
        self._context = context
        self._address = context.servers["mongodb"]
        self._path = str(Path(self._address["socket"], self._address["name"]))
        self._learner = f"{self.name}.learner"
        self._proxy: Proxy | None = None
        self._seen = 0
        self._failing = False
        # No thread of the driver's is at work when the run forks: one looks every ten minutes, the other has no work.
        self._client: MongoClient[Document] = MongoClient(
            self._uri(quote_plus(self._path), self.name),
            connect=False,
            heartbeatFrequencyMS=600_000,
            datetime_conversion="DATETIME_AUTO",  # a date in the year 50000 is an answer too
        )
        self._database = self._client[self.name]
        context.ahead.append(self.handle().asked)

    def prepare(self) -> None:
        """Reach the server, and remove the databases of runs that are no more.

        Raises:
            EngineFailed: it does not answer, or not as it should.
        """
        try:
            self._sweep()
            self._database.command("create", "system.profile", capped=True, size=MOST_PROFILE)
            self._database.command("profile", 1, filter={"appName": self._learner})
        except PyMongoError as error:
            raise EngineFailed(expected="an answer of MongoDB", got=str(error)) from None

    def collection(self, name: str) -> Collection[Document]:
        """A collection for the check's own use, as pymongo has it."""
        return self._database[name]

    def fill(self, name: str, documents: Sequence[Mapping[str, Any]] = ()) -> Collection[Document]:
        """Make the collection NAME anew, without indexes, with DOCUMENTS."""
        collection = self._database[name]
        collection.drop()
        if documents:
            collection.insert_many([dict(each) for each in documents])
        return collection

    @property
    def environment(self) -> dict[str, str]:
        """`MONGODB_URI`."""
        return {"MONGODB_URI": self.uri}

    @property
    def uri(self) -> str:
        """The address for the learner's services: that of a port on the loopback (`MONGODB_URI`)."""
        return self._uri(f"127.0.0.1:{self.proxy.port}", self._learner)

    @property
    def proxy(self) -> Proxy:
        """What stands between `uri` and the server, opened when it is first asked for."""
        if not self._proxy:
            self._proxy = Proxy(self._context, self._path)
        return self._proxy

    def handle(self) -> Handle:
        """The database in the learner's language, for `learner.call`: pymongo's Database, the npm package's Db."""
        order = {"uri": self._uri(quote_plus(self._path), self._learner), "database": self.name}
        return Handle("mongodb", order, "db")

    def profile(self) -> list[Operation]:
        """What the learner's code did in this database since this was last asked, in order."""
        recorded = list(self._database["system.profile"].find().skip(self._seen))
        self._seen += len(recorded)
        return [_operation(each) for each in recorded]

    def explain(self, command: Mapping[str, Any]) -> Plan:
        """How MongoDB carries out COMMAND, such as `{"find": "pets", "filter": {...}}`, or that of an `Operation`."""
        asked = {name: value for name, value in command.items() if name not in NO_PART and not name.startswith("$")}
        if "aggregate" in asked:
            asked["cursor"] = {}
        return _plan(self._database.command({"explain": asked, "verbosity": "executionStats"}))

    def fail(self, command: str, times: int = 1, label: str = "TransientTransactionError") -> None:
        """Have the learner's next commands of that name fail until the check ends, TIMES of them.

        Args:
            command: such as `insert`, `update`, `commitTransaction`.
            label: what tells a client whether trying again makes sense; empty for none.
        """
        self._take_failpoint()
        data = {
            "failCommands": [command],
            "errorCode": WRITE_CONFLICT,
            "errorLabels": [label] if label else [],
            "appName": self._learner,
        }
        self._client.admin.command({"configureFailPoint": FAILPOINT, "mode": {"times": times}, "data": data})

    @contextlib.contextmanager
    def gate(self, name: str, writers: int) -> Iterator[None]:
        """Let nobody write to the collection NAME until WRITERS of the learner's programs wait to; all may read.

        With it in `learner.together`, each program has looked before the first of them writes. The gate is a shared
        lock that the command `sleep`, one for tests, holds on the collection.
        """
        order = {"sleep": 1, "lock": "r", "lockTarget": f"{self.name}.{name}", "millis": int(GATE_LIMIT * 1000)}
        sleeper = threading.Thread(target=self._sleep, args=(order,))
        sleeper.start()
        try:
            self._until(lambda: any(each.get("locks", {}).get("Collection") == "R" for each in self._sleeping(name)))
            yield
            self._until(lambda: len(self._waiting(name)) >= writers)
        finally:
            for each in self._sleeping(name):
                self._client.admin.command("killOp", op=each["opid"])
            sleeper.join()

    def age(self, name: str, seconds: float, query: Mapping[str, Any] | None = None) -> None:
        """Move every date in the documents of NAME that match QUERY back, as if SECONDS had passed since."""
        collection = self._database[name]
        for document in list(collection.find(query or {})):
            earlier = _earlier(document, int(seconds * 1000))
            collection.replace_one({"_id": document["_id"]}, earlier, bypass_document_validation=True)

    def expires(self, name: str, query: Mapping[str, Any]) -> bool:
        """Whether MongoDB removes what matches QUERY from NAME, now that it looks for what is expired.

        It looks every second. Returns when all that was expired is gone, or when MongoDB has looked and left this one.

        Raises:
            EngineFailed: it does not look.
        """
        collection = self._database[name]
        first = last = self._passes()
        limit = time.monotonic() + PASS_LIMIT
        while collection.count_documents(query, limit=1):
            last = self._passes()
            if last > first + 1:  # the first may have been under way
                return False
            if time.monotonic() > limit:
                raise EngineFailed(expected="MongoDB looks for what is expired", got="it did not")
            time.sleep(0.01)
        self._until(lambda: self._passes() > last)
        return True

    def tidy(self) -> None:
        """At the end of a check: no failure is ordered, and the server can be reached."""
        if self._failing:
            with contextlib.suppress(PyMongoError):
                self._client.admin.command({"configureFailPoint": FAILPOINT, "mode": "off"})
                self._client[SHARED]["locks"].delete_one({"_id": FAILPOINT, "owner": self.name})
            self._failing = False
        if self._proxy:
            self._proxy.restore()

    def close(self) -> None:
        """Remove the database."""
        self.tidy()
        if self._proxy:
            self._proxy.close()
        with contextlib.suppress(PyMongoError):
            self._client.drop_database(self.name)
        self._client.close()

    def _uri(self, place: str, program: str) -> str:
        source, login = self._address["source"], self._address["login"]
        # Direct, since the replica set has its only member at an address that a port on the loopback is not.
        limit = f"serverSelectionTimeoutMS={ANSWER_LIMIT}"
        options = f"directConnection=true&authSource={quote_plus(source)}&{limit}&appName={program}"
        return f"mongodb://{login}{place}/{self.name}?{options}"

    def _sweep(self) -> None:
        """Drop the databases of runs that were killed: nobody is connected who says to be their run."""
        names = [each for each in self._client.list_database_names() if each.startswith(PREFIX)]
        for name in set(names).difference(self._living()):
            try:
                self._client.drop_database(name)
            except OperationFailure as error:
                if error.code != DROP_PENDING:  # then another run does it at this moment
                    raise

    def _living(self) -> list[str]:
        """What all who are connected say to be; runs say the name of their database."""
        operation = {"$currentOp": {"allUsers": True, "idleConnections": True}}
        return [each["appName"] for each in self._client.admin.aggregate([operation]) if "appName" in each]

    def _sleep(self, order: Document) -> None:
        with contextlib.suppress(PyMongoError):  # it ends by being killed
            self._client.admin.command(order)

    def _sleeping(self, name: str) -> list[Document]:
        return self._operations({"command.sleep": 1, "command.lockTarget": f"{self.name}.{name}"})

    def _waiting(self, name: str) -> list[Document]:
        return self._operations({"appName": self._learner, "ns": f"{self.name}.{name}", "waitingForLock": True})

    def _operations(self, query: Document) -> list[Document]:
        """The operations under way that match QUERY."""
        return list(self._client.admin.aggregate([{"$currentOp": {"allUsers": True}}, {"$match": query}]))

    def _until(self, done: Callable[[], bool]) -> bool:
        """Wait until it is DONE, as long as a gate may; returns whether it is."""
        limit = time.monotonic() + GATE_LIMIT
        while not (here := done()) and time.monotonic() < limit:
            time.sleep(0.005)
        return here

    def _passes(self) -> int:
        """How often MongoDB has looked for what is expired."""
        passes: int = self._client.admin.command("serverStatus")["metrics"]["ttl"]["passes"]
        return passes

    def _take_failpoint(self) -> None:
        """Wait until no other run uses the server's one failpoint."""
        locks = self._client[SHARED]["locks"]
        limit = time.monotonic() + FAIL_LIMIT
        while not self._failing:
            try:
                locks.insert_one({"_id": FAILPOINT, "owner": self.name})
                self._failing = True
            except DuplicateKeyError:
                locks.delete_many({"owner": {"$nin": self._living()}})
                if time.monotonic() > limit:
                    raise EngineFailed(expected="MongoDB's failpoint", got="another run has it") from None
                time.sleep(0.01)


def documents(value: Any) -> list[Document]:
    """What a function of the learner's returned, which must be a list of documents."""
    if not isinstance(value, list):
        means = "a cursor is a query that was not carried out yet" if "ursor" in repr(value) else None
        raise NotYet(expected="a list of documents", got=_short(value), means=means)
    other = next((each for each in value if not isinstance(each, dict)), None)
    if other is not None or None in value:
        raise NotYet(expected="a list of documents", got=f"a list that holds {_short(other)}")
    return value


def _short(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} …"


def _earlier(value: Any, milliseconds: int) -> Any:
    """VALUE with all dates in it moved back."""
    if isinstance(value, dict):
        return {key: _earlier(each, milliseconds) for key, each in value.items()}
    if isinstance(value, list):
        return [_earlier(each, milliseconds) for each in value]
    if isinstance(value, datetime):
        value = DatetimeMS(value)
    return DatetimeMS(int(value) - milliseconds) if isinstance(value, DatetimeMS) else value


def _operation(recorded: Document) -> Operation:
    command = recorded.get("command", {})
    name = recorded["op"] if recorded["op"] != "command" else next(iter(command), "")
    return Operation(
        name=NAMES.get(name, name),
        collection=recorded["ns"].partition(".")[2],
        command=command,
        plan=recorded.get("planSummary", ""),
        docs_examined=recorded.get("docsExamined", 0),
        keys_examined=recorded.get("keysExamined", 0),
        returned=recorded.get("nreturned", 0),
        sorted=recorded.get("hasSortStage", False),
        size=recorded.get("responseLength", 0),
    )


def _plan(explained: Document) -> Plan:
    first: Document = explained
    later: list[Document] = []
    if "stages" in explained:  # an aggregation: its beginning is a query, the rest are steps after it
        first, *later = explained["stages"]
        first = first.get("$cursor", first)
    winner = first["queryPlanner"]["winningPlan"]
    stats = first["executionStats"]
    nodes = list(_nodes(winner.get("queryPlan", winner)))
    after = [next(iter(each)) for each in later]
    return Plan(
        stages=(*reversed(after), *(each["stage"] for each in nodes)),
        indexes=tuple(each["indexName"] for each in nodes if "indexName" in each),
        docs_examined=stats["totalDocsExamined"],
        keys_examined=stats["totalKeysExamined"],
        returned=later[-1].get("nReturned", stats["nReturned"]) if later else stats["nReturned"],
    )


def _nodes(data: Any) -> Iterator[Document]:
    """All stages in a plan, from the top on, wherever they lie in it."""
    if isinstance(data, dict):
        if "stage" in data:
            yield data
        for value in data.values():
            yield from _nodes(value)
    elif isinstance(data, list):
        for each in data:
            yield from _nodes(each)

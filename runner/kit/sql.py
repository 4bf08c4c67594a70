"""The fixture `sql`: databases made by a check, the learner's queries on them, and what these must return.

A database is an SQLite file. What a check puts into it and asks of it runs in the run itself; the learner's SQL runs in
a child of its own, since a query can loop for ever or fill the memory as any program can.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from runner.kit.agent import AGENTS, Agent
from runner.kit.context import Context
from runner.kit.learner import Handle
from runner.kit.outcomes import CouldNotRun, NotYet, Outcome
from runner.kit.part import Part
from runner.kit.table import Row, Rows, Table, key, literal, statement

if TYPE_CHECKING:
    from runner.kit.postgresql import Database as PostgresqlDatabase
    from runner.kit.postgresql import Server

MOST_DATA = 400
"""Characters that a database's content may have to be shown in a message: a part of it would help nobody."""

SHORTENING = 0.3
"""Seconds that may pass in looking for the shortest data on which a query fails."""

TRIES = 200
"""Datasets that are made before it is the check's own fault that none of them tells right from wrong."""


class Database:
    """An SQLite file of the run.

    Args:
        schema: the statements that made its tables.
        tables: the rows that they were filled with.
    """

    def __init__(self, sql: Sql, path: Path, schema: str, tables: Mapping[str, Rows]) -> None:
        self._sql = sql
        self.path = path
        self.schema = schema
        self.tables = dict(tables)
        self.data = _data(tables)
        """What of its content a message shows."""

    def rows(self, statement: str, *parameters: Any) -> list[Row]:
        """What a statement of the check's own returns; it may also write."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            return list(connection.execute(statement, parameters))

    def ask(self, file: str, **parameters: Any) -> Table:
        """What the learner's query in FILE returns, which holds one statement and cannot change anything.

        Raises:
            CouldNotRun: SQLite refuses it.
            RanTooLong: it did not end in time.
        """
        return self._sql.run("query", self, file, parameters)

    def plan(self, file: str, **parameters: Any) -> list[str]:
        """How SQLite would find the rows of the learner's query: the lines of `EXPLAIN QUERY PLAN`.

        https://www.sqlite.org/eqp.html says what they mean.
        """
        return [row[0] for row in self._sql.run("plan", self, file, parameters).rows]

    def apply(self, file: str) -> None:
        """Run the learner's FILE, of any number of statements, on this database."""
        self._sql.run("script", self, file, {})

    def handle(self, pause_ms: float = 0.0, first_ms: float = 0.0) -> Handle:
        """A connection to this database in the learner's language, to be given to `learner.call`.

        Args:
            pause_ms: milliseconds that pass before each statement that writes, so that what may come in between does.
            first_ms: milliseconds that pass before the first statement that writes or begins a transaction, so that
                several processes have all read before the first of them writes.
        """
        order = {"path": str(self.path), "pause_ms": pause_ms, "first_ms": first_ms}
        return Handle("sqlite", order, "connection")


class Sql(Part):
    """Makes databases and runs the learner's SQL."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._agent = Agent(context, _argv)
        self._agent.ready()
        self._made = 0
        self._server: Server | None = None

    def database(self, schema: str = "", tables: Mapping[str, Rows] | None = None) -> Database:
        """A new database.

        Args:
            schema: statements that make its tables.
            tables: the rows of each table, all columns in their order.
        """
        self._made += 1
        path = self._context.scratch / f"database-{self._made}.db"
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA journal_mode = OFF")
            _fill(connection, schema, tables or {})
        return Database(self, path, schema, tables or {})

    def postgresql(self, schema: str, tables: Mapping[str, Rows]) -> PostgresqlDatabase:
        """A new database on the PostgreSQL server, for a check whose manifest entry has `engine = "postgresql"`."""
        if not self._server:
            from runner.kit.postgresql import Server

            self._server = Server(self._context)
        return self._server.database(schema, tables, _data(tables))

    def absent(self) -> Database:
        """A database whose file is not there yet, for the learner's code to make."""
        self._made += 1
        return Database(self, self._context.scratch / f"database-{self._made}.db", "", {})

    def telling(
        self,
        schema: str,
        make: Callable[[], Mapping[str, Rows]],
        right: str,
        wrong: Iterable[str],
        count: int = 3,
        *,
        ordered: bool = False,
    ) -> list[Database]:
        """COUNT databases on which RIGHT and each of WRONG return different rows: every mistake shows, and as itself.

        Args:
            make: makes the rows of the tables, other ones each time.
            ordered: whether rows in another order are different ones.

        Raises:
            RuntimeError: none of `TRIES` datasets was one.
        """
        queries, found = [right, *wrong], []
        for _ in range(TRIES):
            tables = make()
            with closing(sqlite3.connect(":memory:")) as trial:
                _fill(trial, schema, tables)
                results = [_comparable(trial.execute(each), ordered) for each in queries]
            if all(result not in results[:index] for index, result in enumerate(results)):
                found.append(self.database(schema, tables))
            if len(found) == count:
                return found
        raise RuntimeError(f"{TRIES} datasets do not tell these queries apart: {queries!r}")

    def question(
        self,
        file: str,
        columns: Sequence[str],
        schema: str,
        make: Callable[[], Mapping[str, Rows]],
        right: str,
        wrong: Mapping[str, str],
        count: int = 3,
        *,
        ordered: bool = False,
    ) -> None:
        """Demand that the learner's query in FILE returns COLUMNS and the rows of RIGHT, on databases as of `telling`.

        Args:
            wrong: queries that make a mistake, each with the sentence for a learner whose query returns its rows. The
                message shows no more of the data than makes it differ.
        """

        def look(database: Database) -> tuple[bool, list[str] | None]:
            """Whether there are rows to find; the sentences for those that were found, None where they are right."""
            wanted = database.rows(right)
            got = _comparable(database.ask(file).named(*columns).rows, ordered)
            if got == _comparable(wanted, ordered):
                return bool(wanted), None
            return bool(wanted), [
                words for each, words in wrong.items() if _comparable(database.rows(each), ordered) == got
            ]

        for database in self.telling(schema, make, right, wrong, count, ordered=ordered):
            sentences = look(database)[1]
            if sentences is not None:
                shortest = self._shortest(database, look)
                shortest.ask(file).equals(shortest.rows(right), ordered=ordered, means="".join(sentences))
                raise NotYet(query=file, expected="the same rows each time", got="other rows when asked again")

    def _shortest(self, database: Database, look: Callable[[Database], object]) -> Database:
        """DATABASE without the rows that are no other row's parent and make no difference to what LOOK returns."""
        seen = look(database)
        end = time.monotonic() + SHORTENING
        for name in reversed(database.tables):
            for row in database.tables[name]:
                rows = [each for each in database.tables[name] if each is not row]
                trial = self.database(database.schema, {**database.tables, name: rows})
                try:
                    if not trial.rows("PRAGMA foreign_key_check") and look(trial) == seen:
                        database = trial
                except Outcome:
                    return database
                if time.monotonic() > end:
                    return database
        return database

    def run(self, operation: str, database: Database, file: str, parameters: Mapping[str, Any]) -> Table:
        """Have the child do OPERATION (`query`, `plan` or `script`) with the SQL of FILE on DATABASE."""
        self._context.last_call = self._context.last_command = ""
        request = {
            "op": operation,
            "sql": statement(self._context, file),
            "path": str(database.path),
            "parameters": parameters,
        }
        try:
            reply = self._agent.ask(request)
        except Outcome as error:
            self._restart()
            error.add([("query", file), ("data", database.data)])
            raise
        if "refused" in reply:
            raise CouldNotRun(query=file, expected="SQL that SQLite can run", got=str(reply["refused"]))
        rows = [tuple(_value(each) for each in row) for row in reply["rows"]]
        return Table(file, reply["columns"], rows, database.data)

    def close(self) -> None:
        """End the child, and remove what was made on a server."""
        self._agent.close()
        if self._server:
            self._server.close()

    def _restart(self) -> None:
        with self._context.uncharged():
            self._agent.close()
            self._agent = Agent(self._context, _argv)


def _data(tables: Mapping[str, Rows]) -> str:
    """The content of TABLES as a message shows it."""
    data = "; ".join(f"{name}: {', '.join(map(literal, rows)) or 'no rows'}" for name, rows in tables.items())
    return data if len(data) <= MOST_DATA else ""


def _comparable(rows: Iterable[Row], ordered: bool) -> Counter[Row] | list[Row]:
    keys = [key(row) for row in rows]
    return keys if ordered else Counter(keys)


def _fill(connection: sqlite3.Connection, schema: str, tables: Mapping[str, Rows]) -> None:
    connection.executescript(schema)
    for name, rows in tables.items():
        for row in rows:
            connection.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)


def _value(value: Any) -> Any:
    return bytes.fromhex(value["$bytes"]) if isinstance(value, dict) else value


def _argv(context: Context, descriptor: int) -> list[str]:
    python = context.tools.get("python", sys.executable)
    return [python, "-P", "-B", "-s", str(AGENTS / "sql_agent.py"), str(descriptor)]

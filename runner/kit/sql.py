"""The fixture `sql`: databases made by a check, the learner's queries on them, and what these must return.

A database is an SQLite file. What a check puts into it and asks of it runs in the run itself; the learner's SQL runs in
a child of its own, since a query can loop for ever or fill the memory as any program can.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from runner.kit.agent import AGENTS, Agent
from runner.kit.context import Context
from runner.kit.learner import Handle
from runner.kit.outcomes import CouldNotRun, NotYet, Outcome

Row = tuple[Any, ...]
Rows = Sequence[Row]

MOST_SHOWN = 240
"""Characters of rows that one line of a message shows."""

MOST_DATA = 400
"""Characters that a database's content may have to be shown in a message: a part of it would help nobody."""

TRIES = 200
"""Datasets that are made before it is the check's own fault that none of them tells right from wrong."""


class Table:
    """The rows that a query of the learner's returned."""

    def __init__(self, query: str, columns: Sequence[str], rows: Rows, data: str) -> None:
        self.columns = tuple(columns)
        self.rows = list(rows)
        self._query = query
        self._data = data

    def named(self, *columns: str) -> Table:
        """Demand these names of columns, in this order; capitals do not matter, as in SQL."""
        if [each.lower() for each in self.columns] != [each.lower() for each in columns]:
            raise self.not_yet(f"the columns {', '.join(columns)}", ", ".join(self.columns) or "no columns")
        return self

    def equals(self, rows: Rows, *, ordered: bool = False, means: str = "") -> Table:
        """Demand these rows, each as often as here; their order counts where ORDERED."""
        if Counter(map(_key, self.rows)) != Counter(map(_key, rows)):
            raise self.not_yet(_either(rows, self.rows), _either(self.rows, rows), means)
        if ordered and list(map(_key, self.rows)) != list(map(_key, rows)):
            raise self.not_yet(f"in this order: {shown(rows)}", shown(self.rows), means)
        return self

    def not_yet(self, expected: str, got: str, means: str = "") -> NotYet:
        """The outcome of a query that does not return what the exercise asks; to be raised."""
        return NotYet(query=self._query, data=self._data or None, expected=expected, got=got, means=means or None)


class Database:
    """An SQLite file of the run.

    Args:
        data: what of its content a message shows.
    """

    def __init__(self, sql: Sql, path: Path, data: str) -> None:
        self._sql = sql
        self.path = path
        self.data = data

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

    def handle(self, pause_ms: float = 0.0) -> Handle:
        """A connection to this database in the learner's language, to be given to `learner.call`.

        Args:
            pause_ms: milliseconds that pass before each statement that writes, so that what may come in between does.
        """
        return Handle("sqlite", {"path": str(self.path), "pause_ms": pause_ms}, "connection")


class Sql:
    """Makes databases and runs the learner's SQL."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._agent = Agent(context, _argv)
        self._agent.ready()
        self._made = 0

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
            _fill(connection, schema, tables or {})
        data = "; ".join(
            f"{name}: {', '.join(map(literal, rows)) or 'no rows'}" for name, rows in (tables or {}).items()
        )
        return Database(self, path, data if len(data) <= MOST_DATA else "")

    def telling(
        self, schema: str, make: Callable[[], Mapping[str, Rows]], right: str, wrong: Sequence[str], count: int = 3
    ) -> list[Database]:
        """COUNT databases on which the query RIGHT returns other rows than each of WRONG: all mistakes show.

        Args:
            make: makes the rows of the tables, other ones each time.

        Raises:
            RuntimeError: none of `TRIES` datasets was one.
        """
        found = []
        for _ in range(TRIES):
            tables = make()
            with closing(sqlite3.connect(":memory:")) as trial:
                _fill(trial, schema, tables)
                rows = [_key(row) for row in trial.execute(right)]
                if all([_key(row) for row in trial.execute(each)] != rows for each in wrong):
                    found.append(self.database(schema, tables))
            if len(found) == count:
                return found
        raise RuntimeError(f"{TRIES} datasets do not tell these queries apart: {right!r}, {wrong!r}")

    def text(self, file: str) -> str:
        """The learner's SQL in FILE.

        Raises:
            CouldNotRun: there is no such file, or no statement in it.
        """
        path = self._context.work / file
        if not path.is_file():
            raise CouldNotRun(query=file, expected=f"a file {file}", got="no such file")
        text = path.read_text(encoding="utf-8", errors="replace")
        if not any(line.split("--")[0].strip(" \t;") for line in text.splitlines()):
            raise CouldNotRun(query=file, expected="a statement in SQL", got="nothing but comments")
        return text

    def run(self, operation: str, database: Database, file: str, parameters: Mapping[str, Any]) -> Table:
        """Have the child do OPERATION (`query`, `plan` or `script`) with the SQL of FILE on DATABASE."""
        self._context.last_call = self._context.last_command = ""
        request = {"op": operation, "sql": self.text(file), "path": str(database.path), "parameters": parameters}
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
        """End the child."""
        self._agent.close()

    def _restart(self) -> None:
        with self._context.uncharged():
            self._agent.close()
            self._agent = Agent(self._context, _argv)


def shown(rows: Rows) -> str:
    """ROWS as a message shows them, shortened at the end."""
    text = ", ".join(map(literal, rows))
    if len(text) > MOST_SHOWN:
        text = f"{text[:MOST_SHOWN].rpartition('), ')[0]}), ... ({len(rows)} rows)"
    return text or "no rows"


def literal(row: Row) -> str:
    """ROW as SQL would write it."""
    return f"({', '.join(map(_literal, row))})"


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"x'{value.hex()}'" if isinstance(value, bytes) else str(value)


def _either(rows: Rows, others: Rows) -> str:
    """All of ROWS where they are few, else those that OTHERS do not have."""
    text = ", ".join(map(literal, rows))
    if len(text) <= MOST_SHOWN:
        return text or "no rows"
    lacking = Counter(map(_key, others))
    only = [row for row in rows if not _taken(lacking, row)]
    return f"{shown(only)} among {len(rows)} rows" if only else f"{len(rows)} rows"


def _taken(counts: Counter[Row], row: Row) -> bool:
    counts[_key(row)] -= 1
    return counts[_key(row)] >= 0


def _key(row: Row) -> Row:
    """ROW so that equal means equal in SQL: 2 is 2.0 and not '2', NULL is itself, and a sum may be off by rounding."""
    return tuple(round(each, 9) if isinstance(each, float) else each for each in row)


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

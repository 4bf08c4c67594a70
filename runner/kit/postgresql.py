"""Databases on a PostgreSQL server: for each a schema of its own, which goes with the run."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import sql as names
from psycopg.rows import tuple_row

from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, RanTooLong
from runner.kit.table import Row, Rows, Table, statement


class Server:
    """The server, with one connection for all databases of a run."""

    def __init__(self, context: Context) -> None:
        address = context.servers["postgresql"]
        self.context = context
        self._connection = psycopg.connect(
            host=address["socket"],
            user=address["user"] or None,
            password=address["password"] or None,
            dbname=address["database"] or None,
            autocommit=True,
            row_factory=tuple_row,
        )
        self._made: list[str] = []

    def database(self, schema: str, tables: Mapping[str, Rows], data: str) -> Database:
        """A new database: a schema with the tables that the statements of SCHEMA make, and their rows."""
        name = f"learn_{secrets.token_hex(8)}"
        self._made.append(name)
        self._connection.execute(names.SQL("CREATE SCHEMA {}").format(names.Identifier(name)))
        self._connection.execute(names.SQL("SET search_path TO {}").format(names.Identifier(name)))
        self._connection.execute(schema.encode())
        for table, rows in tables.items():
            for row in rows:
                places = names.SQL(", ").join(names.Placeholder() * len(row))
                insert = names.SQL("INSERT INTO {} VALUES ({})").format(names.Identifier(table), places)
                self._connection.execute(insert, row)
        return Database(self, name, data)

    def read(self, schema: str, text: str) -> tuple[list[str], list[Row]]:
        """Run one statement of the learner's that may change nothing; returns the columns' names and the rows.

        Raises:
            CouldNotRun: PostgreSQL refuses it.
            RanTooLong: it did not end in time.
        """
        seconds = self.context.budget()
        try:
            with self._connection.transaction(force_rollback=True):
                self._connection.execute("SET TRANSACTION READ ONLY")
                self._connection.execute(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
                self._connection.execute(names.SQL("SET LOCAL search_path TO {}").format(names.Identifier(schema)))
                # Prepared, since only then the server takes one statement and no more.
                cursor = self._connection.execute(text.encode(), prepare=True)
                rows = [tuple(map(_plain, row)) for row in cursor.fetchall()] if cursor.description else []
                return [each.name for each in cursor.description or []], rows
        except psycopg.errors.QueryCanceled:
            raise RanTooLong(expected="an answer of PostgreSQL", got=f"none within {seconds:.1f} s") from None
        except psycopg.Error as error:
            words = error.diag.message_primary or str(error).strip()
            hint = f" ({error.diag.message_hint})" if error.diag.message_hint else ""
            raise CouldNotRun(expected="SQL that PostgreSQL can run too", got=f"{words}{hint}") from None

    def close(self) -> None:
        """Remove what was made."""
        if not self._connection.closed:
            for name in self._made:
                self._connection.execute(names.SQL("DROP SCHEMA {} CASCADE").format(names.Identifier(name)))
            self._connection.close()


class Database:
    """One database of a check's on the server."""

    def __init__(self, server: Server, name: str, data: str) -> None:
        self._server = server
        self._name = name
        self._data = data

    def ask(self, file: str) -> Table:
        """What the learner's query in FILE returns; raises as `Server.read` does."""
        try:
            columns, rows = self._server.read(self._name, statement(self._server.context, file))
        except (CouldNotRun, RanTooLong) as error:
            error.add([("query", file)])
            raise
        return Table(file, columns, rows, self._data)

    def plan(self, file: str) -> dict[str, Any]:
        """How PostgreSQL would find the rows of a query: its `EXPLAIN (FORMAT JSON)`, from the node at the top on.

        https://www.postgresql.org/docs/current/using-explain.html says what it means.
        """
        _, rows = self._server.read(self._name, f"EXPLAIN (FORMAT JSON) {statement(self._server.context, file)}")
        plan: dict[str, Any] = rows[0][0][0]["Plan"]
        return plan


def _plain(value: Any) -> Any:
    """VALUE as SQLite would have it, so that rows of both can be compared."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, int | float | str | bytes | list | dict | None) else str(value)

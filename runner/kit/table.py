"""The learner's statement and its rows: how they are compared, and how a message shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from runner.kit.context import Context
from runner.kit.outcomes import CouldNotRun, NotYet

Row = tuple[Any, ...]
Rows = Sequence[Row]

MOST_SHOWN = 240
"""Characters of rows that one line of a message shows."""


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
            got = ", ".join(self.columns) or "no columns"
            raise NotYet(query=self._query, expected=f"the columns {', '.join(columns)}", got=got)
        return self

    def equals(self, rows: Rows, *, ordered: bool = False, means: str = "") -> Table:
        """Demand these rows, each as often as here; their order counts where ORDERED."""
        if Counter(map(key, self.rows)) != Counter(map(key, rows)):
            raise self.not_yet(_either(rows, self.rows), _either(self.rows, rows), means)
        if ordered and list(map(key, self.rows)) != list(map(key, rows)):
            raise self.not_yet(f"in this order: {shown(rows)}", shown(self.rows), means)
        return self

    def not_yet(self, expected: str, got: str, means: str = "") -> NotYet:
        """The outcome of a query that does not return what the exercise asks; to be raised."""
        return NotYet(query=self._query, data=self._data or None, expected=expected, got=got, means=means or None)


def statement(context: Context, file: str) -> str:
    """The learner's SQL in FILE.

    Raises:
        CouldNotRun: there is no such file, or no statement in it.
    """
    path = context.work / file
    if not path.is_file():
        raise CouldNotRun(query=file, expected=f"a file {file}", got="no such file")
    text = path.read_text(encoding="utf-8", errors="replace")
    if not any(line.split("--")[0].strip(" \t;") for line in text.splitlines()):
        raise CouldNotRun(query=file, expected="a statement in SQL", got="nothing but comments")
    return text


def shown(rows: Rows) -> str:
    """ROWS as a message shows them, shortened at the end."""
    text = ", ".join(map(literal, rows))
    if len(text) > MOST_SHOWN:
        whole = text[:MOST_SHOWN].rpartition("), ")[0]
        text = f"{whole}), ... ({len(rows)} rows)" if whole else f"{text[:MOST_SHOWN]} ..."
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
    lacking = Counter(map(key, others))
    only = [row for row in rows if not _taken(lacking, row)]
    return f"{shown(only)} among {len(rows)} rows" if only else f"{len(rows)} rows"


def _taken(counts: Counter[Row], row: Row) -> bool:
    counts[key(row)] -= 1
    return counts[key(row)] >= 0


def key(row: Row) -> Row:
    """ROW so that equal means equal in SQL: 2 is 2.0 and not '2', NULL is itself, and a sum may be off by rounding."""
    return tuple(round(each, 9) if isinstance(each, float) else each for each in row)

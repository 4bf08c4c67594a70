"""Each kind of mistake in SQL is found in words and signs, never in a text, a name or a comment."""

from __future__ import annotations

import pytest

from runner.authoring.mutation.edits import apply
from runner.authoring.mutation.sql import edits


def made(text: str, kind: str | None = None) -> list[str]:
    data = text.encode()
    return [apply(each, data).decode() for each in edits(data) if kind in (None, each.kind)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("limit moved", "SELECT 'é' WHERE a >= b", ["SELECT 'é' WHERE a > b"]),
        ("and/or exchanged", "a and b", ["a OR b"]),
        ("test turned round", "a IS NOT NULL", ["a IS  NULL"]),
        ("argument left out", "a TEXT NOT NULL UNIQUE", ["a TEXT  UNIQUE", "a TEXT NOT NULL "]),
        ("argument left out", "a LEFT JOIN b", ["a  JOIN b"]),
        ("argument left out", "UNION ALL", ["UNION "]),
        ("function exchanged", "count(*)", ["sum(*)"]),
        ("number changed", "LIMIT 10", ["LIMIT 11"]),
        ("text changed", "a = 'x'", ["a = ''"]),
        (None, "-- a < b AND c\n/* < */", []),
        (None, '"AND" "LEFT"', []),
        (None, "'no end", []),
    ],
)
def test_a_kind_of_mistake(kind: str | None, text: str, expected: list[str]) -> None:
    assert made(text, kind) == expected

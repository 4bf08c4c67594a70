"""Mistakes in SQL: words and signs exchanged or left out, found by sqlglot's tokenizer, never inside a comment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from runner.authoring.mutation.edits import Edit

if TYPE_CHECKING:
    from sqlglot.tokenizer_core import Token

EXCHANGED = {
    "<": ("<=", "limit moved"),
    "<=": ("<", "limit moved"),
    ">": (">=", "limit moved"),
    ">=": (">", "limit moved"),
    "=": ("<>", "test turned round"),
    "<>": ("=", "test turned round"),
    "!=": ("=", "test turned round"),
    "AND": ("OR", "and/or exchanged"),
    "OR": ("AND", "and/or exchanged"),
    "+": ("-", "operator exchanged"),
    "-": ("+", "operator exchanged"),
    "/": ("*", "operator exchanged"),
    "MIN": ("max", "function exchanged"),
    "MAX": ("min", "function exchanged"),
    "SUM": ("count", "function exchanged"),
    "COUNT": ("sum", "function exchanged"),
    "AVG": ("sum", "function exchanged"),
    "ASC": ("DESC", "test turned round"),
    "DESC": ("ASC", "test turned round"),
    "CASCADE": ("RESTRICT", "function exchanged"),
}
"""A token in capitals, what is written for it, and what kind of mistake that is."""

LEFT_OUT = (
    ("DISTINCT",),
    ("LEFT",),
    ("UNIQUE",),
    ("NOT", "NULL"),
    ("ALL",),
    ("STRICT",),
    ("IF", "NOT", "EXISTS"),
    ("ON", "DELETE", "CASCADE"),
    ("PRIMARY KEY",),
    ("PRIMARY", "KEY"),
    ("RECURSIVE",),
)
"""Words that are forgotten."""


def edits(text: bytes) -> Iterator[Edit]:
    """The mistakes that can be made in TEXT; yields nothing for what has no tokens, such as a text without its end.

    Raises:
        ImportError: the packages of the extra `authors` are not installed.
    """
    import sqlglot
    from sqlglot.errors import TokenError

    try:
        words = text.decode()
        tokens = sqlglot.tokenize(words, dialect="sqlite")
    except (UnicodeDecodeError, TokenError):
        return
    for index, token in enumerate(tokens):
        for start, end, new, kind in [*_exchanged(token), *_left_out(tokens, index)]:
            yield Edit(len(words[:start].encode()), len(words[:end].encode()), new.encode(), kind)


def _exchanged(token: Token) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, new text and kind of each mistake at TOKEN."""
    kind = token.token_type.name
    if kind == "NUMBER" and token.text.isdecimal():
        yield token.start, token.end + 1, str(int(token.text) + 1), "number changed"
    elif kind == "STRING":
        yield token.start, token.end + 1, "''" if token.text else "'x'", "text changed"
    elif token.text.upper() in EXCHANGED and kind != "IDENTIFIER":
        yield token.start, token.end + 1, *EXCHANGED[token.text.upper()]


def _left_out(tokens: list[Token], index: int) -> Iterator[tuple[int, int, str, str]]:
    for words in LEFT_OUT:
        here = tokens[index : index + len(words)]
        if tuple(each.text.upper() for each in here) != words or here[0].token_type.name in ("STRING", "IDENTIFIER"):
            continue
        is_test = words == ("NOT", "NULL") and index and tokens[index - 1].text.upper() == "IS"
        end = here[0].end + 1 if is_test else here[-1].end + 1
        kind = "test turned round" if is_test else "argument left out"
        yield here[0].start, end, "", kind

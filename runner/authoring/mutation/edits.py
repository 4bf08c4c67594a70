"""One edit of a file's text, and the mutant that it makes: a right answer with one mistake in it."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

KINDS = (
    "limit moved",
    "condition left out",
    "guard left out",
    "off by one",
    "and/or exchanged",
    "call left out",
    "handler left out",
    "statement left out",
    "argument left out",
    "entry left out",
    "with left out",
    "await left out",
    "default left out",
    "wider error",
    "error of another kind",
    "function exchanged",
    "operator exchanged",
    "number changed",
    "arguments exchanged",
    "test turned round",
    "break/continue exchanged",
    "result left out",
    "decorator left out",
    "text changed",
    "flag turned round",
    "words of an error changed",
)
"""The classes of mistakes, those that tell most of a check first."""

ID_LENGTH = 10
"""Hex digits of an id: with ten thousand mutants two meet once in twenty thousand packs."""


@dataclass(frozen=True)
class Edit:
    """The bytes of a file from `start` to `end` become `text`; `kind` is one of `KINDS`."""

    start: int
    end: int
    text: bytes
    kind: str


@dataclass(frozen=True)
class Mutant:
    """A right answer with one mistake.

    Args:
        id: stays the same while the lines that it changes, and their answer's name, do.
        exercise: the exercise's id.
        answer: such as `right/decimal`.
        file: inside the answer, with slashes.
        line: where the mistake begins, from 1.
        kind: one of `KINDS`.
        before: the changed lines as they are, without the spaces round them.
        after: the same lines with the mistake.
        original: the whole file.
        text: the whole file with the mistake.
    """

    id: str
    exercise: str
    answer: str
    file: str
    line: int
    kind: str
    before: str
    after: str
    original: bytes
    text: bytes

    @property
    def place(self) -> str:
        """Such as `right/decimal/money.py:12`."""
        return f"{self.answer}/{self.file}:{self.line}"

    @property
    def diff(self) -> str:
        """What changed, as a unified diff with two lines round it."""
        name = f"{self.answer}/{self.file}"
        before, after = (_shown(each).splitlines() for each in (self.original, self.text))
        return "\n".join(difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", n=2, lineterm=""))


def apply(edit: Edit, text: bytes) -> bytes:
    """TEXT with EDIT made; all else is kept byte for byte."""
    return text[: edit.start] + edit.text + text[edit.end :]


def mutants(exercise: str, answer: str, file: str, text: bytes, edits: Iterable[Edit]) -> Iterator[Mutant]:
    """A mutant of TEXT for each of EDITS, those that make the same text once."""
    seen = {text}
    alike: Counter[tuple[str, str]] = Counter()
    for edit in edits:
        changed = apply(edit, text)
        if changed in seen:
            continue
        seen.add(changed)
        before, after = _lines(edit, text)
        alike[before, after] += 1
        # Without the number of the line, so that a line added above changes no id.
        parts = (exercise, answer, file, before, after, str(alike[before, after]))
        yield Mutant(
            id=hashlib.sha256("\0".join(parts).encode()).hexdigest()[:ID_LENGTH],
            exercise=exercise,
            answer=answer,
            file=file,
            line=text.count(b"\n", 0, edit.start) + 1,
            kind=edit.kind,
            before=before,
            after=after,
            original=text,
            text=changed,
        )


def _lines(edit: Edit, text: bytes) -> tuple[str, str]:
    """The lines that EDIT touches: as they are, and with it made."""
    start = text.rfind(b"\n", 0, edit.start) + 1
    end = text.find(b"\n", edit.end)
    end = len(text) if end < 0 else end
    after = text[start : edit.start] + edit.text + text[edit.end : end]
    return _shown(text[start:end]).strip(), _shown(after).strip()


def _shown(text: bytes) -> str:
    return text.decode("utf-8", "backslashreplace")

"""Nothing that a check draws or expects, and no answer, stands where learners read it before they need it.

Two rules, each with few false alarms; what the brief says or the starter holds is told on purpose and never a leak.

- A value of a check in a hint or in SUMMARY.md. A value is what a check compares with, draws from, or hands to the
  learner's code: a text of several words or signs, or a number, of some length.
- A long run of a right answer's words and names in a hint, in SUMMARY.md, or in a failing message; in a message also of
  a check's source.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from runner.authoring.answers import ABOUT, Answer
from runner.authoring.findings import Finding, line_of, path_in
from runner.packs.models import Exercise
from runner.verify.verdict import Verdict

SHORTEST_TEXT = 8
"""Characters of a text that is a value; shorter ones are met by chance."""

SHORTEST_NUMBER = 4
"""Digits of a number that is a value."""

LONGEST_RUN = 11
"""Words and names of a right answer in a row that a learner may read: as many as an idiom has, such as an import."""

USES = {"equals", "call", "call_many", "trace", "choice", "choices", "sample", "stdout"}
"""Functions whose arguments are values: the kit's demands and calls, and what draws."""

TOKEN = re.compile(r"\w+")


def leaks(exercise: Exercise, answers: Iterable[Answer]) -> Iterator[Finding]:
    """The findings of both rules in what learners of EXERCISE read before they have passed."""
    told, rights = _told(exercise), [each for each in answers if not each.expectation]
    values = {value: place for value, place in _values(exercise).items() if value not in told}
    for name, text in _read_early(exercise).items():
        file = "SUMMARY.md" if name == "SUMMARY.md" else "exercise.toml"
        for value, place in values.items():
            if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text):
                found = f"{name} holds {_short(value)}, a value of the check in {place}"
                todo = "use other data there, or state it in the brief's contract"
                line = line_of(exercise.folder / file, value)
                yield Finding(exercise.id, "leak", path_in(exercise, file), found, todo, line)
        part = _part_of_an_answer(text, told, rights)
        if part:
            todo = "leave a gap where the learner has to think, or show it on other data"
            line = 0 if file == "SUMMARY.md" else line_of(exercise.folder / file, "hints = [")
            yield Finding(exercise.id, "leak", path_in(exercise, file), f"{name} holds {part}", todo, line)


def _part_of_an_answer(text: str, told: str, rights: Iterable[Answer]) -> str:
    """What TEXT holds of one of the right answers, in words; empty where that is nothing, or TOLD holds it, too."""
    for right in rights:
        for file in _files(right):
            run = shared(_tokens(_text(file)), _tokens(text), _tokens(told))
            if run:
                return f"a part of {right.name}/{file.name}: {_short(' '.join(run))}"
    return ""


def leak_in_message(exercise: Exercise, answer: Answer, verdict: Verdict, rights: Iterable[Answer]) -> str:
    """What the failing message of the wrong ANSWER tells too much, in words; empty where it does not."""
    first = verdict.first_failure()
    if first is None:
        return ""
    shown = "\n".join(row.text for row in first.details)
    known = "\n".join([_told(exercise), *map(_text, _files(answer))])
    for file in exercise.check_files:
        run = shared(_code_alone(_text(file)), _tokens(shown), _tokens(known))
        if run:
            return f"its message shows the source of {file.name}: {_short(' '.join(run))}"
    part = _part_of_an_answer(shown, known, rights)
    return f"its message shows {part}" if part else ""


def shared(one: list[str], other: list[str], known: list[str]) -> list[str]:
    """The first run of more than `LONGEST_RUN` tokens that ONE and OTHER have in common and KNOWN has not."""
    length = LONGEST_RUN + 1
    runs = _runs(other, length) - _runs(known, length)
    for start in range(len(one) - length + 1):
        if tuple(one[start : start + length]) in runs:
            return one[start : start + length]
    return []


def _runs(tokens: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(tokens[start : start + length]) for start in range(len(tokens) - length + 1)}


@lru_cache(64)
def _tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


class _WithoutTexts(ast.NodeTransformer):
    """Takes the texts out of a check's source: messages are made of them."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str | bytes) else node


@lru_cache(64)
def _code_alone(source: str) -> list[str]:
    """The words and names of a check's source without its texts."""
    return _tokens(ast.unparse(ast.fix_missing_locations(_WithoutTexts().visit(ast.parse(source)))))


def _read_early(exercise: Exercise) -> dict[str, str]:
    """What learners read beside the brief and the starter, by the name of its place."""
    texts = {f"hint {number}": text for number, text in enumerate(exercise.manifest.hints, 1)}
    summary = exercise.folder / "SUMMARY.md"
    return {**texts, "SUMMARY.md": _text(summary)} if summary.is_file() else texts


def _told(exercise: Exercise) -> str:
    """What learners are told on purpose: the brief, and the starter's files."""
    return "\n".join([_text(exercise.brief), _starter(exercise)])


def _starter(exercise: Exercise) -> str:
    files = sorted(path for path in (exercise.folder / "starter").rglob("*") if path.is_file())
    return "\n".join(map(_text, files))


def _values(exercise: Exercise) -> dict[str, str]:
    """The values of the exercise's checks, each with its file and line."""
    found: dict[str, str] = {}
    for file in exercise.check_files:
        for node in _used(ast.parse(_text(file))):
            value = _as_value(node.value)
            if value:
                found.setdefault(value, f"{file.name}, line {node.lineno}")
    return found


def _used(tree: ast.Module) -> Iterator[ast.Constant]:
    """The literals of a check's source that are compared, drawn from, or handed to the learner's code."""
    named = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        for part in _uses(node):
            yield from _literals(part)
            for name in ast.walk(part):
                if isinstance(name, ast.Name) and name.id in named:
                    yield from _literals(named[name.id])


def _uses(node: ast.AST) -> list[ast.expr]:
    """The parts of NODE in which values stand."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in USES:
        return node.args
    return []


def _literals(node: ast.expr) -> Iterator[ast.Constant]:
    """The literals in NODE, without those that are parts of an f-string."""
    if isinstance(node, ast.Constant):
        yield node
    elif not isinstance(node, ast.JoinedStr):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from _literals(child)


def _as_value(literal: object) -> str:
    """LITERAL as it would be read; empty where it says too little to be a leak."""
    if isinstance(literal, int | float) and not isinstance(literal, bool):
        return str(literal) if sum(sign.isdigit() for sign in str(literal)) >= SHORTEST_NUMBER else ""
    if not isinstance(literal, str):
        return ""
    text = literal.strip()
    return text if len(text) >= SHORTEST_TEXT and not re.fullmatch(r"[\w-]+", text) else ""


def _files(answer: Answer) -> list[Path]:
    """The files of an answer that learners would write."""
    return sorted(each for each in answer.folder.rglob("*") if each.is_file() and each.name not in ABOUT)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")

"""Each kind of mistake in Python is found where it can be made, and made in the text alone."""

from __future__ import annotations

import ast

import pytest

from runner.authoring.mutation.edits import apply
from runner.authoring.mutation.python import edits


def made(text: str, kind: str | None = None) -> list[str]:
    data = text.encode()
    return [apply(each, data).decode() for each in edits(data) if kind in (None, each.kind)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("limit moved", "a < b", ["a <= b"]),
        ("limit moved", "1 <= a > b", ["1 < a > b", "1 <= a >= b"]),
        ("test turned round", "(a) == (b)", ["(a) != (b)"]),
        ("test turned round", "a not  in b", ["a in b"]),
        ("test turned round", "x = not (a or b)", ["x = (a or b)"]),
        ("condition left out", "a and b == 1 and c()", ["b == 1 and c()", "a and c()", "a and b == 1"]),
        ("condition left out", "[x for x in y if x]", ["[x for x in y if True]"]),
        ("and/or exchanged", "a and b and c", ["a or b and c", "a and b or c"]),
        ("guard left out", "if a: b", ["if False: b", "if True: b"]),
        ("guard left out", "x = 1 if a else 2", ["x = 1 if False else 2", "x = 1 if True else 2"]),
        ("off by one", "x[a:]", ["x[:]", "x[a + 1:]", "x[a - 1:]"]),
        ("off by one", "range(n)", ["range(n + 1)", "range(n - 1)"]),
        ("call left out", "x = f(a + b)", ["x = (a + b)"]),
        ("call left out", "x = a.strip()", ["x = a"]),
        ("call left out", "x = y[:]", ["x = y"]),
        ("call left out", "import copy\nx = copy.copy(a)", ["import copy\nx = a"]),
        (
            "handler left out",
            "try:\n    a\nexcept (A, B):\n    b\nexcept:\n    c",
            ["try:\n    a\nexcept ():\n    b\nexcept:\n    c", "try:\n    a\nexcept (A, B):\n    b\nexcept ():\n    c"],
        ),
        ("wider error", "try:\n    a\nexcept A as e:\n    b", ["try:\n    a\nexcept Exception as e:\n    b"]),
        ("error of another kind", "raise ValueError(1)", ["raise Exception(1)"]),
        ("argument left out", "raise A from b", ["raise A"]),
        ("argument left out", "f(a, b, c=1, **d)", ["f(a, c=1, **d)", "f(a, b, **d)", "f(a, b, c=1)"]),
        ("arguments exchanged", "f(a, b)", ["f(b, a)"]),
        ("arguments exchanged", "max(a, 0) + min(b, 1)", []),
        ("entry left out", "{'a': 1, 'b': 2}", ["{'b': 2}", "{'a': 1}"]),
        ("entry left out", "[1, 2]", ["[2]", "[1]"]),
        ("with left out", "with lock:\n    a", ["if True:\n    a"]),
        ("await left out", "async def f():\n    await g()", ["async def f():\n    g()"]),
        (
            "default left out",
            "def f(a, b: int = 1, *, c=None): a",
            ["def f(a, b: int, *, c=None): a", "def f(a, b: int = 1, *, c): a"],
        ),
        ("decorator left out", "@a.b(1)\ndef f(): a()", ["def f(): a()"]),
        ("function exchanged", "x = min(a)", ["x = max(a)"]),
        ("operator exchanged", "a - b", ["a + b"]),
        ("operator exchanged", "a += b", ["a -= b", "a = b"]),
        ("number changed", "x = 1", ["x = 2", "x = 0"]),
        ("number changed", "x = 404", ["x = 405"]),
        ("flag turned round", "x = True", ["x = False"]),
        ("text changed", "x = f'{a} b'", ['x = ""']),
        ("statement left out", "if a:\n    self.x = b\n    c = d", ["if a:\n    pass\n    c = d"]),
        ("statement left out", "a()  # and why", ["pass  # and why"]),
        ("words of an error changed", "raise A('b' + c)", ['raise A("" + c)']),
        ("words of an error changed", "raise A(c=f'd')", ['raise A(c="")']),
        ("result left out", "def f(): return a", ["def f(): return None"]),
        ("break/continue exchanged", "for a in b:\n    break", ["for a in b:\n    continue"]),
    ],
)
def test_a_kind_of_mistake(kind: str, text: str, expected: list[str]) -> None:
    assert made(text, kind) == expected


def test_what_no_learner_gets_wrong_is_left_alone() -> None:
    text = '''"""About."""
import os.path
from a import b


def f(a: "int", b: list[0]) -> "x":
    """Words."""


if __name__ == "__main__":
    print(1 < 2)
'''
    assert made(text) == []


def test_every_mutant_is_another_program_and_compiles() -> None:
    text = "def f(a, b=2):\n    for x in a[1:]:\n        if x < b and not x: return [x, f'{b}', *a]\n    return -1\n"
    mutants = made(text)
    assert len(mutants) > 15
    assert not [each for each in mutants if ast.dump(ast.parse(each)) == ast.dump(ast.parse(text))]


def test_letters_of_several_bytes_and_a_mark_at_the_beginning() -> None:
    text = '\ufeffx = "é" < "ü"  # ß\n'
    assert '\ufeffx = "é" <= "ü"  # ß\n' in made(text)
    assert made('é = "ü"; a = b < c\r\nd\r\n', "limit moved") == ['é = "ü"; a = b <= c\r\nd\r\n']


@pytest.mark.parametrize(
    "data", [b"def f(:", b"\xff = 1", b"x = 1\0", b"", b"(" * 5000 + b")" * 5000, b"# coding: no-such\nx = 1"]
)
def test_what_is_no_program_has_no_mutants(data: bytes) -> None:
    assert list(edits(data)) == []


def test_a_comment_beside_an_operator() -> None:
    assert made("x = (a  # first\n     < b)", "limit moved") == []

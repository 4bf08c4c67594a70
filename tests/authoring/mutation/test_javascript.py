"""Each kind of mistake in JavaScript is found where it can be made, and made in the text alone."""

from __future__ import annotations

import pytest

from runner.authoring.mutation.edits import apply
from runner.authoring.mutation.javascript import edits


def made(text: str, kind: str | None = None) -> list[str]:
    data = text.encode()
    return [apply(each, data).decode() for each in edits(data) if kind in (None, each.kind)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("limit moved", "a < b;", ["a <= b;"]),
        ("test turned round", "a === b;", ["a !== b;"]),
        ("test turned round", "if (!(a || b)) c();", ["if ((a || b)) c();"]),
        ("condition left out", "if (a && b === 1) c();", ["if (a) c();", "if (b === 1) c();"]),
        ("and/or exchanged", "x = a ?? b;", ["x = a || b;", "x = a && b;"]),
        ("guard left out", "if (a) b();", ["if (false) b();", "if (true) b();"]),
        ("guard left out", "x = a ? 1 : 2;", ["x = false ? 1 : 2;", "x = true ? 1 : 2;"]),
        ("guard left out", "x = a?.b;", ["x = a.b;"]),
        ("guard left out", "x = a?.[b];", ["x = a[b];"]),
        ("off by one", "x = a.slice(n, 2);", ["x = a.slice(n + 1, 2);", "x = a.slice(n - 1, 2);"]),
        ("call left out", "x = f(a + b);", ["x = (a + b);"]),
        ("call left out", "x = a.trim();", ["x = a;"]),
        ("call left out", "x = [...a];", ["x = a;"]),
        ("call left out", "x = Math.max(a);", ["x = a;"]),
        ("handler left out", "try { a(); } catch (e) { b(); }", ["try { a(); } catch (e) { throw e; }"]),
        ("handler left out", "try { a(); } catch { b(); }", ["try { a(); } catch (error) { throw error; }"]),
        ("error of another kind", "throw new TypeError(a);", ["throw new Error(a);"]),
        ("argument left out", "f(a, b);", ["f(a);"]),
        ("argument left out", "x = /a/gi;", ["x = /a/;"]),
        ("arguments exchanged", "f(a, b);", ["f(b, a);"]),
        ("arguments exchanged", "Math.max(a, 0) + Math.min(b, 1);", []),
        ("entry left out", "x = { a: 1, b, ...c };", ["x = { b, ...c };", "x = { a: 1, ...c };", "x = { a: 1, b };"]),
        (
            "await left out",
            "async () => { await f(); x = (await g()).h; };",
            ["async () => { f(); x = (await g()).h; };", "async () => { await f(); x = (g()).h; };"],
        ),
        (
            "default left out",
            "function f(a = 1, { b = 2 }) {}",
            ["function f(a, { b = 2 }) {}", "function f(a = 1, { b }) {}"],
        ),
        ("function exchanged", "x = Math.floor(a);", ["x = Math.ceil(a);"]),
        (
            "operator exchanged",
            "a += 1; b++; c = -d;",
            ["a -= 1; b++; c = -d;", "a = 1; b++; c = -d;", "a += 1; b--; c = -d;", "a += 1; b++; c = d;"],
        ),
        ("number changed", "x = 1;", ["x = 2;", "x = 0;"]),
        ("flag turned round", "x = true;", ["x = false;"]),
        ("text changed", "x = `${a} b`;", ['x = "";']),
        ("statement left out", "a.b = c; // and why", ["; // and why"]),
        ("statement left out", "d = e;", []),
        ("words of an error changed", "throw new A(`b`);", ['throw new A("");']),
        ("result left out", "function f() { return a; }", ["function f() { return; }"]),
        ("break/continue exchanged", "for (;;) break;", ["for (;;) continue;"]),
        ("break/continue exchanged", "switch (a) { case 1: break; }", []),
    ],
)
def test_a_kind_of_mistake(kind: str, text: str, expected: list[str]) -> None:
    assert made(text, kind) == expected


def test_imports_are_left_alone() -> None:
    assert made('import a from "b";') == []


@pytest.mark.parametrize("data", [b"function (", b"\xff\xfe", b""])
def test_what_is_no_program_has_no_mutants(data: bytes) -> None:
    assert list(edits(data)) == []


def test_letters_of_several_bytes() -> None:
    assert made('x = "é"; y = a < b;', "limit moved") == ['x = "é"; y = a <= b;']

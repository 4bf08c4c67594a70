"""What honest answers of either language meet: every shape that is right, and words for what is not.

Those that are out to harm are in the hostile suite. All of a language on one checker.
"""

from __future__ import annotations

import py_compile
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.verify.trial import follow
from runner.verify.verdict import Verdict
from tests.verify.exercises import Bench, row, statuses, write_exercise

CHECKS = '''
def test_answers(learner):
    """answer() returns 42"""
    assert learner.call("solution:answer") == 42


def test_other(learner):
    """other() returns 7"""
    assert learner.call("solution:other") == 7
'''
OTHER = "\n\ndef other():\n    return 7\n"
RIGHT = "def answer():\n    return 42\n" + OTHER
JS_OTHER = "\nexport function other() {\n  return 7;\n}\n"
JS_RIGHT = "export function answer() {\n  return 42;\n}\n" + JS_OTHER


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    place = tmp_path_factory.mktemp("python")
    bench = Bench(write_exercise(place / "pack", CHECKS), place)
    yield bench
    bench.checker.close()


@pytest.fixture(scope="module")
def javascript(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    place = tmp_path_factory.mktemp("javascript")
    bench = Bench(write_exercise(place / "pack", CHECKS, languages=["javascript"]), place)
    yield bench
    bench.checker.close()


def body(code: str) -> str:
    """A Python solution whose `answer` runs CODE and then answers rightly, and whose `other` is right."""
    lines = "".join(f"    {line}\n" for line in code.strip().splitlines())
    return f"def answer():\n{lines}    return 42\n{OTHER}"


def js_body(code: str) -> str:
    """The same in JavaScript."""
    return f"export async function answer() {{\n{code.strip()}\n  return 42;\n}}\n{JS_OTHER}"


def refused(verdict: Verdict, status: str, *words: str) -> None:
    """The first check ended with STATUS and WORDS in its message, the other check's result was kept."""
    assert verdict.status == status, verdict
    assert statuses(verdict) == {"answers": status, "other": "passed"}
    text = "\n".join(each.text for each in verdict.checks[0].details)
    assert not [each for each in words if each not in text], text


RIGHT_SHAPES = {
    "plain": RIGHT.encode(),
    "byte order mark": b"\xef\xbb\xbf" + RIGHT.encode(),
    "Latin-1 declared": b"# coding: latin-1\n# caf\xe9\n" + RIGHT.encode(),
    "Windows line ends": RIGHT.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("shape", RIGHT_SHAPES)
def test_a_right_answer_passes_in_every_shape_in_python(python, shape):
    verdict = python.verdict({"solution.py": RIGHT_SHAPES[shape]})
    assert verdict.passed
    assert statuses(verdict) == {"answers": "passed", "other": "passed"}
    assert verdict.problem == ""


JS_RIGHT_SHAPES = {
    "a function": JS_RIGHT,
    "an async function": JS_RIGHT.replace("export function answer", "export async function answer"),
    "an arrow function": f"export const answer = () => 42;\n{JS_OTHER}",
    "a promise": f"export const answer = () => new Promise((resolve) => setTimeout(resolve, 1, 42));\n{JS_OTHER}",
    "a default export that holds both": "export default { answer: () => 42, other: () => 7 };\n",
    "a default export beside": f"const answer = () => 42;\nexport default {{ answer }};\n{JS_OTHER}",
    "await at the top": f"const value = await Promise.resolve(42);\nexport const answer = () => value;\n{JS_OTHER}",
    "Windows line ends": JS_RIGHT.replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + JS_RIGHT,
    "printing": JS_RIGHT.replace("return 42", "console.log('x'.repeat(100_000)); console.error('y'); return 42"),
}


@pytest.mark.parametrize("shape", JS_RIGHT_SHAPES)
def test_a_right_answer_passes_in_every_shape_in_javascript(javascript, shape):
    verdict = javascript.verdict({"solution.mjs": JS_RIGHT_SHAPES[shape]})
    assert verdict.passed, verdict
    assert verdict.language == "javascript"
    assert verdict.engines["node"]


def test_a_wrong_answer_fails_with_its_call_and_both_values(python, javascript):
    verdict = python.verdict({"solution.py": RIGHT.replace("42", "41")})
    refused(verdict, "failed")
    assert [row(verdict, each) for each in ("call", "expected", "got")] == ["answer()", "42", "41"]
    verdict = javascript.verdict({"solution.mjs": JS_RIGHT.replace("42", "'41'")})
    refused(verdict, "failed")
    assert [row(verdict, each) for each in ("call", "expected", "got")] == ["answer()", "42", '"41"']


def test_no_file_and_no_function_are_told_by_name(python, javascript):
    nothing = python.verdict({"other.txt": "x"})
    assert statuses(nothing) == {"answers": "failed", "other": "failed"}
    assert row(nothing, "expected") == "a file solution.py"
    defined = "only these names are defined there: other"
    refused(python.verdict({"solution.py": OTHER}), "failed", "`answer` in solution.py", defined)
    assert row(javascript.verdict({"solution.js": JS_RIGHT}), "expected") == "a file solution.mjs"
    for text in (JS_OTHER, JS_RIGHT.replace("export function answer", "function answer")):
        verdict = javascript.verdict({"solution.mjs": text})
        refused(verdict, "failed", "`answer` in solution.mjs", "names are exported there: other")


def test_commonjs_in_a_module_is_told_by_nodes_own_words(javascript):
    verdict = javascript.verdict({"solution.mjs": "module.exports = { answer: () => 42, other: () => 7 };\n"})
    assert statuses(verdict) == {"answers": "crashed", "other": "crashed"}
    assert "ReferenceError: module is not defined" in row(verdict, "got")


ERRORS = {
    "an error without text": ("raise ValueError", "ValueError"),
    "an error whose text raises": (
        "class Odd(Exception):\n    def __str__(self):\n        raise RuntimeError\nraise Odd",
        "Odd: (an error whose text could not be made)",
    ),
    "a base exception": ("raise BaseException('stop')", "BaseException: stop"),
    "an interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "half of a surrogate pair": ("raise ValueError(chr(0xd800))", "ValueError: \\ud800"),
    "reading from stdin": ("input()", "EOFError"),
}


@pytest.mark.parametrize("how", ERRORS)
def test_an_error_is_told_by_its_name_and_text_in_python(python, how):
    code, words = ERRORS[how]
    verdict = python.verdict({"solution.py": body(code)})
    refused(verdict, "failed", words)
    assert str(verdict.plain()).encode(), "nothing in it that cannot be printed"


JS_ERRORS = {
    "a thrown text": ("throw 'words';", "words"),
    "a thrown nothing": ("throw undefined;", "undefined"),
    "JSON that does not parse": ("JSON.parse('{bad');", "SyntaxError"),
}


@pytest.mark.parametrize("how", JS_ERRORS)
def test_an_error_is_told_by_its_name_and_text_in_javascript(javascript, how):
    code, words = JS_ERRORS[how]
    refused(javascript.verdict({"solution.mjs": js_body(code)}), "failed", words)


@pytest.mark.parametrize("code", ["raise ValueError('x' * 10_000_000)", "return 'x' * 1_000_000"])
def test_a_message_stays_short(python, code):
    verdict = python.verdict({"solution.py": body(code)})
    refused(verdict, "failed", "xxx")
    assert sum(len(each.text) for each in verdict.checks[0].details) < 3000


NOT_EQUAL = {
    "the text": "'42'",
    "no number": "float('nan')",
    "a function": "lambda: 42",
    "a generator": "(n for n in [42])",
}
JS_NOT_EQUAL = ["undefined", "null", "'42'", "42n", "new Number(42)", "NaN", "[42]", "() => 42"]


@pytest.mark.parametrize("value", [*NOT_EQUAL.values()], ids=[*NOT_EQUAL])
def test_a_value_of_another_type_is_another_value_in_python(python, value):
    refused(python.verdict({"solution.py": body(f"return {value}")}), "failed")


@pytest.mark.parametrize("value", JS_NOT_EQUAL)
def test_a_value_of_another_type_is_another_value_in_javascript(javascript, value):
    refused(javascript.verdict({"solution.mjs": js_body(f"return {value}")}), "failed")


ENCODINGS: dict[str, bytes] = {
    "UTF-16": RIGHT.encode("utf-16"),
    "a byte that is not UTF-8": b"name = 'caf\xe9'\n" + RIGHT.encode(),
    "an unknown encoding": b"# coding: nonsense\n" + RIGHT.encode(),
    "a null byte": RIGHT.encode() + b"\0",
    "a syntax error": b"def answer(:\n" + RIGHT.encode(),
    "tabs and blanks": b"def a():\n        x = 1\n\treturn x\n" + RIGHT.encode(),
    "half a file": RIGHT.encode()[:10],
}


@pytest.mark.parametrize("how", ENCODINGS)
def test_a_file_that_cannot_be_read_as_python_says_so(python, how):
    verdict = python.verdict({"solution.py": ENCODINGS[how]})
    assert statuses(verdict) == {"answers": "crashed", "other": "crashed"}
    assert row(verdict, "expected") == "a file that can be loaded"
    assert "None" not in row(verdict, "where")


def test_a_syntax_error_names_file_line_and_text(python, javascript):
    verdict = python.verdict({"solution.py": f"{RIGHT}\nvalue = = 3\n"})
    assert row(verdict, "got").startswith("SyntaxError: invalid syntax")
    assert row(verdict, "where") == "solution.py, line 8: value = = 3"
    verdict = javascript.verdict({"solution.mjs": f"{JS_RIGHT}\nconst value = = 3;\n"})
    assert statuses(verdict) == {"answers": "crashed", "other": "crashed"}
    assert row(verdict, "got").startswith("SyntaxError")
    assert row(verdict, "where").startswith("solution.mjs, line 9")


def test_a_syntax_error_in_a_neighbour_is_a_file_that_cannot_be_loaded(javascript):
    verdict = javascript.verdict({"solution.mjs": f"import './helper.mjs';\n{JS_RIGHT}", "helper.mjs": "const = 3;\n"})
    assert statuses(verdict) == {"answers": "crashed", "other": "crashed"}
    assert row(verdict, "got").startswith("SyntaxError")


def test_an_error_names_the_line_of_the_learners_file(python, javascript):
    verdict = python.verdict({"solution.py": body("values = []\nvalues[3]")})
    assert row(verdict, "where") == "solution.py, line 3: values[3]"
    verdict = javascript.verdict({"solution.mjs": js_body("null.name")})
    assert row(verdict, "where") == "solution.mjs, line 2: null.name"


def test_a_solution_may_import_its_neighbours(python):
    files = {"solution.py": f"from helper import value\n{RIGHT}".replace("42", "value"), "helper.py": "value = 42\n"}
    assert python.verdict(files).passed


def test_files_of_other_tools_beside_the_solution_do_no_harm(python, javascript):
    files = {
        "conftest.py": "1 / 0",
        "pytest.ini": "[pytest]\naddopts = --collect-only -p nothing\n",
        "sitecustomize.py": "import os\nos._exit(0)\n",
        "json.py": "1 / 0",
        "runner/__init__.py": "1 / 0",
    }
    assert python.verdict({"solution.py": RIGHT, **files}).passed
    files = {"package.json": '{"type": "commonjs", "exports": null}', "node_modules/net/index.js": "process.exit(0)"}
    assert javascript.verdict({"solution.mjs": JS_RIGHT, **files}).passed


def test_what_a_right_answer_leaves_behind_does_not_take_its_pass(python):
    code = "import subprocess\nsubprocess.Popen(['sleep', '3600'], start_new_session=True)"
    assert python.verdict({"solution.py": body(code)}).passed


def test_the_output_of_the_program_is_kept_up_to_its_cap(python):
    verdict = python.verdict({"solution.py": body("print('seen', chr(0xdc00).encode('utf-8', 'surrogatepass'))")})
    assert verdict.output == "seen b'\\xed\\xb0\\x80'\n"
    long = python.verdict({"solution.py": body("print('x' * 100_000)")})
    assert long.passed and len(long.output) == 16 * 1024


def test_an_edit_of_the_same_size_in_the_same_second_is_judged_by_the_last_bytes(python):
    folder = python.folder({"solution.py": RIGHT, "helper.py": "value = 42\n"})
    stale = folder / "__pycache__"
    for number in range(6):
        value = 42 if number % 2 else 41
        (folder / "solution.py").write_text(f"from helper import value\ndef answer():\n    return value\n{OTHER}")
        (folder / "helper.py").write_text(f"value = {value}\n")
        verdict = follow(python.checker, folder, 1, {}, {})
        assert statuses(verdict)["answers"] == ("passed" if value == 42 else "failed")
    assert not stale.exists()


def test_a_planted_bytecode_file_is_never_judged(python, tmp_path):
    lie = tmp_path / "solution.py"
    lie.write_text(RIGHT)
    cached = py_compile.compile(str(lie), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    assert cached is not None
    planted = {f"__pycache__/{Path(cached).name}": Path(cached).read_bytes(), "solution.pyc": Path(cached).read_bytes()}
    refused(python.verdict({"solution.py": RIGHT.replace("42", "41"), **planted}), "failed")


def test_the_callers_node_options_do_not_reach_the_child(tmp_path, monkeypatch):
    evil = tmp_path / "evil.cjs"
    evil.write_text("process.exit(0)\n")
    monkeypatch.setenv("NODE_OPTIONS", f"--require {evil}")
    exercise = write_exercise(tmp_path / "pack", CHECKS, languages=["javascript"])
    tried = Bench(exercise, tmp_path / "bench")
    try:
        assert tried.verdict({"solution.mjs": JS_RIGHT}).passed
    finally:
        tried.checker.close()


def test_a_second_answer_to_one_call_is_passed_over(bench, tmp_path):
    checks = '''
def test_first(learner):
    """answer(1) is 1"""
    assert learner.call("one:answer", 1) == 1


def test_second(learner):
    """answer(2) is 2, and nothing that answered the first call stands in for it"""
    assert learner.call("one:answer", 2) == 2
'''
    tried = bench(write_exercise(tmp_path / "pack", checks))
    verdict = tried.verdict({"one.py": "import os\n\n\ndef answer(n):\n    n == 1 and os.fork()\n    return n\n"})
    assert verdict.passed, verdict


def test_a_long_wrong_text_takes_no_time_from_the_other_checks_where_ci_is_set(bench, tmp_path, monkeypatch):
    checks = '''
def test_text(learner):
    """lines() is the text"""
    assert learner.call("one:lines") == "one\\ntwo\\nthree\\n" * 5


def test_other(learner):
    """other() returns 7"""
    assert learner.call("one:other") == 7
'''
    monkeypatch.setenv("CI", "true")
    tried = bench(write_exercise(tmp_path / "pack", checks, timeout=2))
    verdict = tried.verdict({"one.py": f"def lines():\n    return 'one\\ntwa\\nthrae\\n' * 100_000\n{OTHER}"})
    assert statuses(verdict) == {"text": "failed", "other": "passed"}

"""The same for JavaScript: never a pass, never a hang, never another check's result lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from runner.verify.verdict import Verdict
from tests.verify.exercises import BUSY, Bench, poll, processes, row, statuses, write_exercise
from tests.verify.test_hostile import CHECKS

OTHER = "\nexport function other() {\n  return 7;\n}\n"
RIGHT = "export function answer() {\n  return 42;\n}\n" + OTHER
TIMEOUT = 2
MEMORY = 256


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    place = tmp_path_factory.mktemp("hostile-javascript")
    exercise = write_exercise(place / "pack", CHECKS, timeout=TIMEOUT, memory=MEMORY, languages=["javascript"])
    made = Bench(exercise, place)
    yield made
    made.checker.close()


@pytest.fixture
def tried(bench: Bench) -> Iterator[Bench]:
    """The bench, which must still pass a right answer afterwards."""
    yield bench
    assert bench.verdict({"solution.mjs": RIGHT}).passed


def body(code: str) -> str:
    """A solution whose `answer` runs CODE and then answers rightly, and whose `other` is right."""
    return f"export async function answer() {{\n{code.strip()}\n  return 42;\n}}\n{OTHER}"


def refused(verdict: Verdict, status: str, *words: str) -> None:
    """The first check ended with STATUS and WORDS in its message, the other check's result was kept."""
    assert verdict.status == status, verdict
    assert statuses(verdict) == {"answers": status, "other": "passed"}
    text = "\n".join(each.text for each in verdict.checks[0].details)
    assert not [each for each in words if each not in text], text


RIGHT_SHAPES = {
    "a function": RIGHT,
    "an async function": RIGHT.replace("export function answer", "export async function answer"),
    "an arrow function": f"export const answer = () => 42;\n{OTHER}",
    "a promise": f"export const answer = () => new Promise((resolve) => setTimeout(resolve, 1, 42));\n{OTHER}",
    "a default export that holds both": "export default { answer: () => 42, other: () => 7 };\n",
    "a default export beside": f"const answer = () => 42;\nexport default {{ answer }};\n{OTHER}",
    "await at the top": f"const value = await Promise.resolve(42);\nexport const answer = () => value;\n{OTHER}",
    "Windows line ends": RIGHT.replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + RIGHT,
    "printing": RIGHT.replace("return 42", "console.log('x'.repeat(100_000)); console.error('y'); return 42"),
}


@pytest.mark.parametrize("shape", RIGHT_SHAPES)
def test_a_right_answer_passes_in_every_shape(bench, shape):
    verdict = bench.verdict({"solution.mjs": RIGHT_SHAPES[shape]})
    assert verdict.passed, verdict
    assert verdict.language == "javascript"
    assert verdict.engines["node"]


def test_a_wrong_answer_fails_with_both_values(bench):
    verdict = bench.verdict({"solution.mjs": RIGHT.replace("42", "'41'")})
    refused(verdict, "failed")
    assert [row(verdict, each) for each in ("call", "expected", "got")] == ["answer()", "42", '"41"']


def test_no_file_and_no_function_are_told_by_name(bench):
    nothing = bench.verdict({"solution.js": RIGHT})
    assert row(nothing, "expected") == "a file solution.mjs"
    refused(
        bench.verdict({"solution.mjs": OTHER}), "failed", "`answer` in solution.mjs", "only these names there: other"
    )
    unexported = RIGHT.replace("export function answer", "function answer")
    refused(bench.verdict({"solution.mjs": unexported}), "failed", "`answer` in solution.mjs")


def test_commonjs_in_a_module_is_told_by_nodes_own_words(bench):
    verdict = bench.verdict({"solution.mjs": "module.exports = { answer: () => 42, other: () => 7 };\n"})
    assert statuses(verdict) == {"answers": "failed", "other": "failed"}
    assert "ReferenceError: module is not defined" in row(verdict, "got")


EXITS = {
    "process.exit(0)": "process.exit(0)",
    "process.abort()": "process.abort()",
    "kill itself": "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})",
    "an error nobody awaits": "setTimeout(() => { throw new Error('late') }, 0); await new Promise(() => {})",
    "a rejection nobody awaits": "Promise.reject(new Error('late')); await new Promise(() => {})",
}


@pytest.mark.parametrize("how", EXITS)
def test_leaving_in_the_call_is_no_answer(tried, how):
    refused(tried.verdict({"solution.mjs": body(EXITS[how])}), "crashed", "before it answered")


def test_leaving_at_import_is_no_answer(tried):
    verdict = tried.verdict({"solution.mjs": f"process.exit(0);\n{RIGHT}"})
    assert statuses(verdict) == {"answers": "crashed", "other": "crashed"}


LOOPS = {
    "a busy loop": "while (true) {}",
    "a busy loop that holds on": "for (const each of ['SIGTERM', 'SIGINT']) process.on(each, () => {});\nfor (;;) {}",
    "a promise that never ends": "await new Promise(() => setInterval(() => {}, 1000))",
}


@pytest.mark.parametrize("how", LOOPS)
def test_an_endless_call_ends_within_the_limit_and_keeps_the_other_result(tried, how):
    began = time.monotonic()
    refused(tried.verdict({"solution.mjs": body(LOOPS[how])}), "timeout", "still running then, so it was ended")
    assert time.monotonic() - began < TIMEOUT + 1 + BUSY


HOGS = {
    "a growing list": "const held = [];\nwhile (true) held.push(new Array(100_000).fill(1.5));",
    "a growing text": "let held = 'x';\nwhile (true) held = [held, held].join('y');",
    "one huge buffer": "Buffer.alloc(8 * 2 ** 30)",
    "growing buffers": "const held = [];\nwhile (true) held.push(Buffer.alloc(2 ** 24, 1));",
}


@pytest.mark.parametrize("how", HOGS)
def test_too_much_memory_is_over_the_limit(tried, how):
    refused(tried.verdict({"solution.mjs": body(HOGS[how])}), "overlimit", f"{MEMORY} MiB of memory")


PAUSE = "await new Promise(setImmediate);"


@pytest.mark.parametrize(("stream", "pause"), [("stdout", PAUSE), ("stderr", PAUSE), ("stdout", "")])
def test_a_flood_of_output_is_never_a_pass(tried, stream, pause):
    verdict = tried.verdict(
        {"solution.mjs": body(f"for (;;) {{ process.{stream}.write('x'.repeat(10_000)); {pause} }}")}
    )
    # Node writes no more than a pipe holds until the loop pauses, so without a pause its time is up first.
    assert verdict.status in ("overlimit", "timeout")
    assert statuses(verdict)["other"] == "passed"


RAISES = {
    "deep recursion": ("const deep = () => deep() + 1;\ndeep();", "RangeError: Maximum call stack"),
    "a long message": ("throw new Error('x'.repeat(10_000_000));", "Error: xxx"),
    "a thrown text": ("throw 'words';", "words"),
    "a thrown nothing": ("throw undefined;", "undefined"),
    "an error whose message throws": (
        "throw Object.defineProperty(new Error(), 'message', { get() { throw new Error('worse'); } });",
        "",
    ),
    "JSON that does not parse": ("JSON.parse('{bad');", "SyntaxError"),
    "a list that holds itself": ("const held = [];\nheld.push(held);\nreturn held;", "RangeError"),
    "reading from stdin": ("const { readFileSync } = await import('node:fs');\nreturn readFileSync(0, 'utf8');", '""'),
}


@pytest.mark.parametrize("how", RAISES)
def test_an_error_is_told_in_short(tried, how):
    code, words = RAISES[how]
    verdict = tried.verdict({"solution.mjs": body(code)})
    assert verdict.status in ("failed", "crashed")
    refused(verdict, verdict.status, words)
    assert sum(len(each.text) for each in verdict.checks[0].details) < 3000


LIES = {
    "undefined": "return undefined",
    "null": "return null",
    "the text 42": "return '42'",
    "a big integer": "return 42n",
    "a boxed number": "return new Number(42)",
    "an object with a value": "return { valueOf: () => 42, toJSON: () => 42 }",
    "an object shown as 42": (
        "return { [Symbol.for('nodejs.util.inspect.custom')]: () => '42', toString: () => '42', constructor: Number }"
    ),
    "a proxy": (
        "const get = (target, name) => (name === 'then' ? undefined : () => 42);\n"
        "return new Proxy({}, { get, getPrototypeOf: () => Number.prototype })"
    ),
    "no number": "return NaN",
    "a list of one": "return [42]",
    "a function": "return () => 42",
    "an array that says it is 42": "const list = [];\nlist.toJSON = () => 42;\nreturn list",
}


@pytest.mark.parametrize("how", LIES)
def test_a_value_that_is_not_the_expected_one_never_equals_it(tried, how):
    refused(tried.verdict({"solution.mjs": body(LIES[how])}), "failed")


def test_patching_what_the_child_uses_forges_no_answer(tried):
    code = 'JSON.stringify = () => \'{"value":42,"after":[],"ms":0}\';\nJSON.parse = null;\nreturn 41'
    refused(tried.verdict({"solution.mjs": body(code)}), "failed")


def test_a_syntax_error_names_its_place(tried):
    verdict = tried.verdict({"solution.mjs": f"{RIGHT}\nconst value = = 3;\n"})
    assert statuses(verdict) == {"answers": "crashed", "other": "crashed"}
    assert row(verdict, "got").startswith("SyntaxError")
    assert row(verdict, "where").startswith("solution.mjs, line 9")


def test_a_syntax_error_in_a_neighbour_is_a_file_that_cannot_be_loaded(tried):
    verdict = tried.verdict({"solution.mjs": f"import './helper.mjs';\n{RIGHT}", "helper.mjs": "const = 3;\n"})
    assert statuses(verdict) == {"answers": "crashed", "other": "crashed"}
    assert row(verdict, "got").startswith("SyntaxError")


def test_an_error_names_the_line_of_the_learners_file(bench):
    verdict = bench.verdict({"solution.mjs": body("null.name")})
    assert row(verdict, "where") == "solution.mjs, line 2"


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": '{"type": "commonjs", "exports": null, "main": "nothing.js"}'},
        {"node_modules/node:fs/index.js": "process.exit(0)", ".env": "NODE_OPTIONS=--require ./evil.cjs"},
        {".noderc": "process.exit(0)", "index.js": "process.exit(0)", ".npmrc": "node-options=--check"},
    ],
    ids=lambda files: " ".join(files),
)
def test_files_beside_the_solution_change_nothing(bench, files):
    assert bench.verdict({"solution.mjs": RIGHT, **files}).passed
    refused(bench.verdict({"solution.mjs": RIGHT.replace("42", "41"), **files}), "failed")


def test_the_callers_node_options_do_not_reach_the_child(tmp_path, monkeypatch):
    evil = tmp_path / "evil.cjs"
    evil.write_text("process.exit(0)\n")
    monkeypatch.setenv("NODE_OPTIONS", f"--require {evil}")
    exercise = write_exercise(tmp_path / "pack", CHECKS, languages=["javascript"])
    tried = Bench(exercise, tmp_path / "bench")
    try:
        assert tried.verdict({"solution.mjs": RIGHT}).passed
    finally:
        tried.checker.close()


def test_killing_the_process_above_is_never_a_pass(tried):
    verdict = tried.verdict({"solution.mjs": body("process.kill(process.ppid, 'SIGKILL');\n  return 41;")})
    refused(verdict, "failed")


def test_a_detached_child_is_gone_after_the_run(tried, tmp_path):
    mark = f"left by {tmp_path}"
    code = (
        "const { spawn } = await import('node:child_process');\n"
        f"spawn('sh', ['-c', 'sleep 3600; :', {mark!r}], {{ detached: true, stdio: 'inherit' }});\n"
        "for (;;) await null;"
    )
    with ThreadPoolExecutor() as beside:
        seen = beside.submit(poll, lambda: processes(mark))
        assert tried.verdict({"solution.mjs": body(code)}).status == "timeout"
        assert seen.result()
    assert poll(lambda: not processes(mark))

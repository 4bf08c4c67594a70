"""Each kind of fault that the quick gates look for is found where it is, and what looks like one is not."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runner.authoring.answers import Answer, Expectation, read_answers
from runner.authoring.findings import Finding
from runner.authoring.gates import check_pack
from runner.authoring.lint import lint
from runner.authoring.lint.leaks import leak_in_message
from runner.authoring.lint.links import unanswered
from runner.authoring.lint.spelling import can_spell, spelling
from runner.packs.load import load
from runner.packs.models import Exercise
from runner.verify.verdict import CheckResult, Row, Verdict
from tests.packs import answer_folder, change, exercise_folder, put, read

DOUBLE = "start/double"


def exercise(root: Path, name: str = DOUBLE) -> Exercise:
    return load(root).exercises[name]


def found(root: Path, name: str = DOUBLE) -> list[tuple[str, str, int, str]]:
    """What the quick gates find: gate, file in the exercise's folder, line, and words."""
    pack = load(root)
    findings = list(lint(pack.exercises[name], pack, read_answers(pack.exercises[name])[0]))
    assert all((root / each.file).exists() and each.todo for each in findings)
    return [(each.gate, "/".join(each.file.split("/")[4:]), each.line, each.found) for each in findings]


def add_check(root: Path, code: str) -> Path:
    file = exercise_folder(root, DOUBLE) / "checks" / "test_double.py"
    return put(file, file.read_text(encoding="utf-8") + code)


def set_hint(root: Path, text: str, number: int = 2) -> None:
    manifest = exercise_folder(root, DOUBLE) / "exercise.toml"
    hints = read(manifest)["hints"]
    hints[number] = text
    change(manifest, hints=hints)


def append(path: Path, text: str) -> Path:
    return put(path, path.read_text(encoding="utf-8") + text)


def test_a_sound_exercise_has_no_finding(pack_root: Path) -> None:
    for name in load(pack_root).exercises:
        assert found(pack_root, name) == []


VALUES = [
    ('    assert learner.call("double:double", 2) == 73519\n', "73519"),
    ('    assert learner.call("double:double", "Grace Hopper") is None\n', "Grace Hopper"),
    ('    word = rng.choice(["two words", "x"])\n    assert word\n', "two words"),
    ('    word = rng.choice(SOME)\n    assert word\n\n\nSOME = ("a%20b%20c", "x")\n', "a%20b%20c"),
    ('    api.get("/x").equals({"error": "no such thing"})\n', "no such thing"),
]


@pytest.mark.parametrize(("code", "value"), VALUES, ids=[value for _, value in VALUES])
def test_a_value_of_a_check_in_a_hint_is_a_leak(pack_root: Path, code: str, value: str) -> None:
    set_hint(pack_root, f"Try it with {value}, then save.")
    assert found(pack_root) == []
    add_check(pack_root, f"\n\ndef helper(learner, rng, api):\n{code}")
    [(gate, file, line, words)] = found(pack_root)
    assert (gate, file) == ("leak", "exercise.toml") and line
    assert "hint 3 holds" in words and value in words and "test_double.py, line" in words


def test_a_value_in_the_half_page_is_a_leak_with_its_line(pack_root: Path) -> None:
    append(exercise_folder(pack_root, DOUBLE) / "SUMMARY.md", "\nTry 73519.\n")
    add_check(pack_root, "\n\ndef helper(learner):\n    assert learner.call('double:double', 1) == 73519\n")
    assert [(gate, file, line) for gate, file, line, _ in found(pack_root)] == [("leak", "SUMMARY.md", 3)]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("    assert learner.call('double:double', 12) == 42\n", "Try 12 and 42."),
        ("    assert learner.call('double:double', 73519)\n", "Try 735190."),
        ("    assert learner.call('double:double', 'expected')\n", "Look at the row expected."),
        ("    assert learner.call('double:double', 'x'), 'twice the number'\n", "It is twice the number."),
        ("    assert learner.call('double:double', 'x') == f'{learner} and more'\n", "this and more"),
    ],
    ids=["short numbers", "part of a number", "one word", "a message", "part of a text that is put together"],
)
def test_what_is_no_value_is_no_leak(pack_root: Path, code: str, hint: str) -> None:
    set_hint(pack_root, hint)
    add_check(pack_root, f"\n\ndef helper(learner):\n{code}")
    assert found(pack_root) == []


@pytest.mark.parametrize("place", ["README.md", "starter/python/double.py"])
def test_what_learners_are_told_on_purpose_is_no_leak(pack_root: Path, place: str) -> None:
    set_hint(pack_root, "Try it with Grace Hopper.")
    add_check(pack_root, "\n\ndef helper(learner):\n    learner.call('double:double', 'Grace Hopper')\n")
    assert found(pack_root)
    append(exercise_folder(pack_root, DOUBLE) / place, "\n# Grace Hopper\n")
    assert found(pack_root) == []


LONG = (
    "def double(n):\n    both = [n, n]\n    total = 0\n    for each in both:\n        total += each\n    return total\n"
)


def test_a_long_part_of_an_answer_in_a_hint_is_a_leak(pack_root: Path) -> None:
    put(answer_folder(pack_root, DOUBLE, "right/loop") / "double.py", LONG)
    set_hint(pack_root, "both = [n, n]; total = 0 and a loop")
    assert found(pack_root) == []
    set_hint(pack_root, "Write: both = [n, n]; total = 0; for each in both: total += each; return total")
    [(gate, file, _, words)] = found(pack_root)
    assert (gate, file) == ("leak", "exercise.toml")
    assert "right/loop/double.py" in words
    append(exercise_folder(pack_root, DOUBLE) / "starter" / "python" / "double.py", f"\n{LONG}")
    assert found(pack_root) == []


def verdict(text: str) -> Verdict:
    failed = CheckResult("doubles", "claim", "failed", details=(Row("means", text),))
    return Verdict("tiny", DOUBLE, "python", "", 1, "failed", (failed,))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("both = [n, n]; total = 0; for each in both: total += each; return total", "right/loop/double.py"),
        (
            "for number in [21, *(rng.randrange(3, 1000) for _ in range(3))]: assert learner.call",
            "source of test_double",
        ),
        ("total = 0", ""),
        ("first = [n, n, n]; more = 1; for every in first: more *= every; return more, said the answer", ""),
    ],
    ids=["a right answer", "a check's source", "a few words", "the learner's own code"],
)
def test_a_message_that_tells_too_much(pack_root: Path, text: str, words: str) -> None:
    right = put(answer_folder(pack_root, DOUBLE, "right/loop") / "double.py", LONG)
    own = "def double(n):\n    first = [n, n, n]; more = 1\n    for every in first: more *= every\n"
    own += "    return more, 'said the answer'\n"
    wrong = put(answer_folder(pack_root, DOUBLE, "wrong/loop") / "double.py", own)
    expectation = Expectation("doubles", ())
    told = leak_in_message(
        exercise(pack_root), Answer(wrong.parent, expectation), verdict(text), [Answer(right.parent, None)]
    )
    assert words in told if words else told == ""


def test_the_gate_looks_at_real_messages(pack_root: Path) -> None:
    put(answer_folder(pack_root, DOUBLE, "right/loop") / "double.py", LONG)
    file = exercise_folder(pack_root, DOUBLE) / "checks" / "test_double.py"
    code = file.read_text(encoding="utf-8").replace("== 2 * number", f"== 2 * number, {' '.join(LONG.split())!r}")
    put(file, code)
    findings = check_pack(load(pack_root), [DOUBLE], [1], 2).findings
    assert {(each.gate, each.language) for each in findings} == {("leak", "python")}
    assert any(each.file.endswith("wrong/squares/double.py") for each in findings)


def test_naming_a_later_exercise(pack_root: Path) -> None:
    brief = exercise_folder(pack_root, DOUBLE) / "README.md"
    text = brief.read_text(encoding="utf-8")
    put(brief, f"{text}\nAs you did in `shell/upper`.\n")
    line = len(text.splitlines()) + 2
    assert found(pack_root) == [("order", "README.md", line, "shell/upper comes after this exercise")]
    put(brief, f"{text}\nYou will meet it again in `shell/upper`, and in start/double now.\n")
    assert found(pack_root) == []
    append(exercise_folder(pack_root, "shell/upper") / "README.md", "\nAs in start/double, not in bin/start/double.\n")
    assert found(pack_root, "shell/upper") == []


def test_naming_a_later_exercise_in_a_hint(pack_root: Path) -> None:
    set_hint(pack_root, "As in git/one-commit.")
    [(gate, file, line, _)] = found(pack_root)
    assert (gate, file, line > 0) == ("order", "exercise.toml", True)


def test_naming_an_exercise_by_its_former_name(pack_root: Path) -> None:
    change(exercise_folder(pack_root, DOUBLE) / "exercise.toml", was=["start/twice"])
    append(exercise_folder(pack_root, "shell/upper") / "README.md", "\nAs in start/twice.\n")
    [(gate, _, _, words)] = found(pack_root, "shell/upper")
    assert (gate, words) == ("order", "start/twice has another name now")


LINKS = [
    ("http://example.org/page", "http where https is asked"),
    ("https://nowhere", "no address of a page"),
    ("https://[::1", "no address"),
    ("ftp://example.org/x", "no https:// address"),
    ("//example.org/x", "no https:// address"),
    ("missing.md", "no such file"),
    ("../../../../pack.toml", "outside of the exercise's folder"),
    ("#no-such-part", "no heading for #no-such-part"),
    ("SUMMARY.md#nothing", "no heading for #nothing"),
]


@pytest.mark.parametrize(("target", "words"), LINKS, ids=[target for target, _ in LINKS])
def test_a_broken_link(pack_root: Path, target: str, words: str) -> None:
    brief = exercise_folder(pack_root, DOUBLE) / "README.md"
    line = len(brief.read_text(encoding="utf-8").splitlines()) + 2
    append(brief, f"\n[there]({target})\n")
    [(gate, file, number, told)] = found(pack_root)
    assert (gate, file, number) == ("links", "README.md", line)
    assert words in told


def test_links_that_are_sound(pack_root: Path) -> None:
    append(
        exercise_folder(pack_root, DOUBLE) / "README.md",
        "\n## A part, with signs\n\n[a](#a-part-with-signs) [b](SUMMARY.md) [c](https://example.org/a_b?c=d#e)\n"
        "[d](http://localhost:8000/) `[not](a-link)` <https://example.org>\n\n    [nor](this)\n",
    )
    assert found(pack_root) == []


def test_a_link_of_the_manifest(pack_root: Path) -> None:
    change(exercise_folder(pack_root, DOUBLE) / "exercise.toml", links=["example.org/page"])
    [(gate, file, line, _)] = found(pack_root)
    assert (gate, file, line > 0) == ("links", "exercise.toml", True)


@contextmanager
def site() -> Iterator[str]:
    """A web server on this machine: /here is there, /moved leads to it, /mine is forbidden, all else is not found."""

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response({"/here": 200, "/moved": 301, "/mine": 403}.get(self.path, 404))
            self.send_header("Location", "/here")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Nothing on stderr."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_links_are_asked(pack_root: Path) -> None:
    with site() as address:
        pages = "".join(f"[x]({address}/{page})\n" for page in ("here", "moved", "mine", "gone", "gone#part"))
    # With the server gone nobody answers; each page is named once.
    put(exercise_folder(pack_root, DOUBLE) / "README.md", pages)
    change(exercise_folder(pack_root, DOUBLE) / "exercise.toml", links=["https://127.0.0.1:1/"])
    assert len(unanswered([exercise(pack_root)])[1]) == 5
    with site() as address:
        pages = "".join(f"[x]({address}/{page})\n" for page in ("here", "moved", "mine", "gone", "gone#part"))
        put(exercise_folder(pack_root, DOUBLE) / "README.md", pages)
        gone, silent = unanswered([exercise(pack_root)])
    assert [(each.gate, each.line) for each in gone] == [("links", 4), ("links", 5)]
    assert all("404" in each.found for each in gone)
    assert len(silent) == 1 and silent[0].startswith("https://127.0.0.1:1/: ")


def test_spelling(pack_root: Path) -> None:
    assert can_spell()
    append(exercise_folder(pack_root, DOUBLE) / "README.md", "\nYou will recieve it.\n")
    add_check(pack_root, "\n# seperate\n\nWORD = 'adress'  # codespell:ignore adress\n")
    findings = spelling(list(load(pack_root).exercises.values()))
    assert sorted((each.exercise, each.gate, each.found, each.todo) for each in findings) == [
        (DOUBLE, "spelling", "recieve", "write receive"),
        (DOUBLE, "spelling", "seperate", "write separate"),
    ]
    assert all(each.line and (pack_root / each.file).is_file() for each in findings)


def test_spelling_is_the_same_wherever_a_pack_lies(pack_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(exercise_folder(pack_root, DOUBLE) / "README.md", "\nYou will recieve it.\n")
    put(pack_root / ".codespellrc", "[codespell]\nignore-words-list = recieve\n")
    monkeypatch.chdir(pack_root)
    assert [each.found for each in spelling([exercise(pack_root)])] == ["recieve"]


@pytest.mark.parametrize("source", [b"def (:\n", b"\xff\xfe\n", b"x = '\x00'\n", b"a\tb\n"])
def test_a_check_that_python_cannot_read(pack_root: Path, source: bytes) -> None:
    (exercise_folder(pack_root, DOUBLE) / "checks" / "test_double.py").write_bytes(source)
    [(gate, file, _, words)] = found(pack_root)
    assert (gate, file) == ("not compiled", "checks/test_double.py")
    assert "Python cannot read it" in words
    report = check_pack(load(pack_root), [DOUBLE], [1], 1)
    assert (report.runs, len(report.findings)) == (0, 1), "no answer is tried on it"


@pytest.mark.parametrize(
    "line",
    ["import double", "from double import double", "import importlib\n\n\nimportlib.import_module('double')"],
)
def test_a_check_that_imports_what_learners_write(pack_root: Path, line: str) -> None:
    file = add_check(pack_root, f"\n\n{line}\n")
    words = "it imports double, which is the learner's"
    assert found(pack_root) == [("checks", "checks/test_double.py", len(file.read_text().splitlines()), words)]


def test_a_program_for_the_learners_process_may_import_it(pack_root: Path) -> None:
    folder = exercise_folder(pack_root, DOUBLE) / "checks"
    put(folder / "probe.py", "import double\n")
    assert found(pack_root) == []
    add_check(pack_root, "\n\nimport probe\n")
    assert [(gate, file) for gate, file, _, _ in found(pack_root)] == [("checks", "checks/probe.py")]


def test_checks_and_manifest_name_the_same(pack_root: Path) -> None:
    add_check(pack_root, "\n\ndef test_more(learner):\n    learner.call('double:double', 1)\n")
    [(gate, _, _, words)] = found(pack_root)
    assert (gate, words) == ("checks", "test_more is no check of exercise.toml")
    manifest = exercise_folder(pack_root, DOUBLE) / "exercise.toml"
    change(manifest, checks=[{"id": "doubles"}, {"id": "doubles-zero"}, {"id": "more"}, {"id": "most"}])
    told = [words for _, _, _, words in found(pack_root)]
    assert told == ["test_more has no docstring", "no function test_most for the check most"]


def test_findings_of_the_built_in_pack() -> None:
    """The rules have no false alarm there; its texts and checks are the largest example that there is."""
    pack = load(Path(__file__).parents[2])
    findings: list[Finding] = []
    for each in pack.exercises.values():
        findings += lint(each, pack, read_answers(each)[0])
    assert findings == []
    assert spelling(list(pack.exercises.values())) == []

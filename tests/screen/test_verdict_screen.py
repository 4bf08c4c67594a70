"""The verdict as a learner sees it in 80 columns: the first failure whole, its rows in one order, no line too wide."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from runner.authoring.answers import Answer, apply
from runner.packs.models import CheckSpec, Exercise, Pack
from runner.screen import verdict as screen
from runner.screen.console import Painter
from runner.screen.words import ASCII, UNICODE, Signs, clean
from runner.verify.lay_out import lay_out
from runner.verify.trial import run_once
from runner.verify.verdict import CheckResult, Row, Verdict

ROWS = ("check", "command", "call", "request", "expected", "got", "stderr", "printed", "where", "means", "look", "next")
"""The rows of a failing message, from top to bottom."""


def shown(renderable: RenderableType, width: int = 80) -> list[str]:
    console = Console(file=io.StringIO(), width=width, no_color=True, highlight=False)
    with console.capture() as capture:
        console.print(renderable)
    return [line.rstrip() for line in capture.get().rstrip("\n").split("\n")]


def labels(lines: list[str]) -> list[str]:
    """The words that stand where a row's label stands."""
    return [found.group(1) for line in lines if (found := re.match(r"  (\w+) ", line))]


def result(check: str, status: str = "passed", **rows: str) -> CheckResult:
    details = tuple(Row(label, text) for label, text in rows.items())
    return CheckResult(check, f"the claim of {check}", status, details=details)  # type: ignore[arg-type]


def verdict(exercise: Exercise, *checks: CheckResult, status: str = "failed", **parts: str) -> Verdict:
    return Verdict("tiny", exercise.id, "python", "0", 48213, status, checks, **parts)  # type: ignore[arg-type]


@pytest.fixture
def double(pack: Pack) -> Exercise:
    return pack.exercises["start/double"]


def outcome(one: Verdict, exercise: Exercise, signs: Signs = UNICODE, width: int = 80, **parts: bool) -> list[str]:
    return shown(screen.outcome(one, exercise, signs, next_step="fix it and save", **parts), width)


def real_verdict(pack: Pack, name: str, answer: str, folder: Path) -> Verdict:
    exercise = pack.exercises[name]
    language = exercise.language("python")
    given = lay_out(exercise, language, folder, 1)
    apply(Answer(exercise.answers / answer, None), folder, {})
    return run_once(exercise, folder, language, seed=1, given=given)


@pytest.mark.parametrize(
    ("name", "answer", "wanted"),
    [
        ("start/double", "wrong/adds-two", ["check", "call", "expected", "got", "next"]),
        ("start/double", "wrong/zero-is-nothing", ["check", "call", "expected", "got", "means", "next"]),
        ("shell/upper", "wrong/unquoted", ["check", "command", "expected", "got", "means", "next"]),
        ("git/one-commit", "wrong/twice", ["check", "expected", "got", "look", "next"]),
    ],
)
def test_a_real_failure_has_its_rows_in_order(pack: Pack, tmp_path: Path, name: str, answer: str, wanted: list[str]):
    folder = tmp_path / "work"
    folder.mkdir()
    lines = outcome(real_verdict(pack, name, answer, folder), pack.exercises[name])
    assert lines[0].startswith("✘ not yet")
    assert lines[0].endswith("of 2 checks pass")
    assert labels(lines) == wanted
    assert lines[-1] == "  next     fix it and save   (seed 1)"


def test_all_rows_keep_the_order_of_the_style_guide(double: Exercise):
    rows = {label: f"text of {label}" for label in ROWS[1:-1]}
    lines = outcome(verdict(double, result("doubles", "failed", **rows)), double)
    assert labels(lines) == list(ROWS)
    assert all(f"  {label:<8} text of {label}" in lines for label in rows)


def test_only_the_first_failure_is_shown_whole(double: Exercise):
    checks = (
        result("doubles"),
        result("doubles-zero", "failed", expected="first", got="it"),
        result("third", "failed", expected="second", got="that"),
    )
    text = "\n".join(outcome(verdict(double, *checks), double))
    assert "first" in text
    assert "second" not in text
    whole = "\n".join(outcome(verdict(double, *checks), double, whole=True))
    assert "first" in whole
    assert "second" in whole


HARD_TEXTS = {
    "long words": "x" * 500,
    "long sentence": "a sentence of words that goes on " * 20,
    "wide signs": "李雷" * 120,
    "many lines": "\n".join(f"line {number}" for number in range(40)),
    "escapes": "\x1b[31m\x1b[2J" * 40,
    "tabs": "\t".join("tabs" for _ in range(40)),
    "emoji": "👩‍👩‍👧‍👦🎉" * 40,
    "marks": "e\u0301" * 300,
    "markup": "[bold red]" * 30,
}


@pytest.mark.parametrize("kind", HARD_TEXTS)
@pytest.mark.parametrize("width", [80, 40])
def test_no_line_is_wider_than_the_terminal(double: Exercise, kind: str, width: int):
    text = HARD_TEXTS[kind]
    one = verdict(
        double,
        CheckResult("doubles", text.replace("\n", " "), "failed", details=(Row("expected", text), Row("got", text))),
        result("doubles-zero", "skipped"),
        problem=text,
    )
    pages = [
        screen.outcome(one, double, UNICODE, next_step="fix it and save", starting_point=True),
        screen.checks([(each.id, each.claim) for each in one.checks], one.checks, UNICODE, running=False),
        screen.heading(
            double,
            [Path("/home/ada/start/double.py"), Path("/home/ada", "deep/" * 40, "x.py")],
            Path("/home/ada"),
            UNICODE,
        ),
        screen.hints([clean(text)], more=True, held_back=True),
        screen.after_pass(double, double),
    ]
    for page in pages:
        for line in shown(page, width):
            assert cell_len(line) <= width, line
            assert "\x1b" not in line


def test_long_rows_are_cut_and_verbose_shows_all(double: Exercise):
    text = "\n".join(f"line {number}" for number in range(40))
    one = verdict(double, result("doubles", "failed", got=text), output="printed by the program\n")
    short = "\n".join(outcome(one, double))
    assert "line 11" in short
    assert "line 12" not in short
    assert "28 more lines: learn run -v" in short
    assert "printed by the program" not in short
    whole = "\n".join(outcome(one, double, whole=True))
    assert "line 39" in whole
    assert "printed by the program" in whole


def test_brackets_of_the_learner_are_no_markup(double: Exercise):
    lines = outcome(verdict(double, result("doubles", "failed", got="[1, 2] [bold]x[/bold] [red]")), double)
    assert any("[1, 2] [bold]x[/bold] [red]" in line for line in lines)


@pytest.mark.parametrize(
    ("status", "words", "tally"),
    [
        ("passed", "✔ passed", True),
        ("failed", "✘ not yet", True),
        ("crashed", "⚠ your program could not run", True),
        ("timeout", "⚠ your program ran too long", True),
        ("overlimit", "⚠ your program used too much", True),
        ("blocked", "– blocked", False),
        ("error", "‼ learn itself failed, please report it", True),
    ],
)
def test_each_outcome_has_a_word_of_its_own(double: Exercise, status: str, words: str, tally: bool):
    lines = outcome(verdict(double, status=status, problem="what happened"), double)
    assert lines[0].startswith(words)
    assert ("checks pass" in lines[0]) is tally
    assert "  problem  what happened" in lines


def test_plain_signs_make_the_whole_screen_plain(double: Exercise):
    checks = (result("doubles"), result("doubles-zero", "failed", expected="1", got="2"), result("x", "skipped"))
    one = verdict(double, *checks)
    claims = [(each.id, each.claim) for each in checks]
    pages = [
        screen.heading(double, [Path("/home/ada/start/double.py")], Path("/home/ada"), ASCII),
        screen.outcome(one, double, ASCII, next_step="fix it and save", starting_point=True),
        screen.checks(claims, checks, ASCII, running=False),
        screen.checks(claims, checks[:1], ASCII, running=True),
    ]
    text = "\n".join(line for page in pages for line in shown(page))
    assert text.isascii()
    assert "x not yet" in text
    assert "  + the claim of doubles" in text


def test_claims_show_how_far_the_run_is(double: Exercise):
    claims = [("a", "one"), ("b", "two"), ("c", "three")]
    done = (CheckResult("a", "one", "passed"), CheckResult("b", "two", "skipped"))
    assert shown(screen.checks(claims, done, UNICODE, running=True)) == [
        "  ✔ one",
        "  ○ two   (not tried yet)",
        "  ○ three ...",
    ]


def test_without_colour_no_colour_is_written(double: Exercise):
    one = verdict(double, result("doubles", "failed", expected="1", got="2"))
    page = screen.outcome(one, double, UNICODE, next_step="fix it and save")
    colour = re.compile(r"\x1b\[(\d+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;\d+)*m")
    coloured = "\n".join(Painter("utf-8", color=True).lines(page, 80))
    plain = "\n".join(Painter("utf-8", color=False).lines(page, 80))
    assert colour.search(coloured)
    assert not colour.search(plain)


def test_files_are_links_that_a_terminal_can_open(double: Exercise):
    page = screen.heading(double, [Path("/home/ada/start/double.py")], Path("/home/ada"), UNICODE)
    lines = Painter("utf-8", color=True).lines(page, 80)
    assert any("\x1b]8;" in line and "file:///home/ada/start/double.py" in line for line in lines)


def test_after_a_pass_the_next_one_is_named(double: Exercise, pack: Pack):
    lines = shown(screen.after_pass(double, pack.exercises["shell/upper"]))
    assert lines == ["  Done, and nothing forgotten.", "  next  shell/upper: Capital letters, about 5 min"]
    assert "last open exercise" in shown(screen.after_pass(double, None))[-1]


# Stages


@pytest.fixture
def staged(double: Exercise) -> Exercise:
    names = {"a": 1, "b": 1, "c": 2, "d": 3, "e": 3}
    checks = tuple(CheckSpec(name, stage=stage) for name, stage in names.items())
    return replace(double, manifest=replace(double.manifest, checks=checks, stages=("Keep", "Find", "[Many]")))


def lines_of(exercise: Exercise, passed: str, failed: str = "", *, running: bool = False, signs: Signs = UNICODE):
    names = [each.id for each in exercise.manifest.checks]
    claims = [(name, f"the claim of {name}") for name in names]
    done = [result(name, "passed" if name in passed else "failed") for name in names if name in passed + failed]
    if not running:
        done += [result(name, "skipped") for name in names if name not in passed + failed]
    return shown(screen.checks(claims, done, signs, running=running, manifest=exercise.manifest))


def test_only_the_stage_at_work_shows_its_checks(staged: Exercise):
    assert lines_of(staged, "a", "b") == [
        "    stage 1 of 3: Keep",
        "  ✔ the claim of a",
        "  ✘ the claim of b",
        "  ○ stage 2: Find (1 check, after stage 1)",
        "  ○ stage 3: [Many] (2 checks, after stage 2)",
    ]
    assert lines_of(staged, "abc", "d") == [
        "  ✔ stage 1: Keep (2 checks)",
        "  ✔ stage 2: Find (1 check)",
        "    stage 3 of 3: [Many]",
        "  ✘ the claim of d",
        "  ○ the claim of e   (not tried yet)",
    ]
    assert lines_of(staged, "abcde", signs=ASCII)[2] == "  + stage 3: [Many] (2 checks)"
    assert lines_of(staged, "a", running=True)[:3] == [
        "    stage 1 of 3: Keep",
        "  ✔ the claim of a",
        "  ○ the claim of b ...",
    ]


def test_before_the_checks_are_known_no_stage_is_shown(staged: Exercise):
    assert shown(screen.checks([], (), UNICODE, running=True, manifest=staged.manifest)) == [""]


def test_a_completed_stage_is_told(staged: Exercise):
    checks = [result("a"), result("b"), result("c", "failed", expected="1", got="2")]
    page = screen.outcome(verdict(staged, *checks), staged, UNICODE, next_step="fix it and save", completed=1)
    assert shown(page)[1:4] == [
        "  ✔ stage 1 of 3 is complete: Keep",
        "    now stage 2: Find   (new in the brief: learn brief)",
        "  check    the claim of c",
    ]
    passed = verdict(staged, *[result(name) for name in "abcde"], status="passed")
    assert "complete" not in "".join(shown(screen.outcome(passed, staged, UNICODE, next_step="", completed=3)))


def test_a_check_whose_engine_is_not_here_holds_no_stage_up(staged: Exercise):
    claims = [(each.id, each.id) for each in staged.manifest.checks]
    done = [result("a"), result("b", "untried"), result("c", "failed")]
    lines = shown(screen.checks(claims, done, UNICODE, running=False, manifest=staged.manifest))
    assert lines[:2] == ["  ✔ stage 1: Keep (2 checks)", "    stage 2 of 3: Find"]

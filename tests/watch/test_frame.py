"""The frame fits its window exactly, whatever it shows, and never obeys what a learner's program printed."""

import re
from dataclasses import replace

import pyte
import pytest
from wcwidth import wcswidth

from runner.screen.console import Painter
from runner.screen.pages import Route
from runner.verify.verdict import CheckResult, Row
from runner.watch.frame import draw
from runner.watch.reduce import keys, reduce
from runner.watch.state import ListView, Ready, Starting, State
from tests.watch.desk import CLAIMS, ENTRIES, desk, entry, exercise, failed, passed, start, summary, verdict

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
SIZES = [(width, height) for width in (40, 80, 120) for height in (10, 24, 50)]

LONG = "a word and another one " * 30
WIDE = "数える、広い文字 " * 20
UNBROKEN = "x" * 500
HOSTILE = "\x1b[2J\x1b[H\x1b]0;owned\x07\r\nover\rwritten\x9b31m\u202eevil\x00\x08\x1b[?1049l\x1bc"


def text_of(line: str) -> str:
    """LINE without the codes that our own frames may hold."""
    return ESCAPES.sub("", line)


def seen(state: State, width: int = 80, height: int = 24, encoding: str = "utf-8", color: bool = True) -> str:
    return "\n".join(text_of(line) for line in draw(state, Painter(encoding, color=color), width, height).lines)


def with_rows(*rows: Row) -> State:
    result = CheckResult("doubles", CLAIMS[0][1], "failed", details=rows)
    said = verdict("new", "failed", checks=(result,))
    return failed(verdict=said, results=said.checks)


ROUTES = (
    Route("times", (("double.py", f"def double(n):\n    return n * 2  # {LONG}\n" * 20, f"{HOSTILE}\n{WIDE}\n"),)),
    Route("adds", (("double.py", "def double(n):\n    return n + n\n", None),)),
)
MANY = tuple(entry(f"start/exercise-{number}", "open", f"{LONG}{WIDE}") for number in range(200))

STATES = {
    "getting ready": start(claims=(), running=True),
    "starting": start(claims=(), running=True, starting=("mongodb", "redis")),
    "checking": start(running=True),
    "failed": failed(),
    "untouched": failed(desk=desk(starting_content="new")),
    "crashed": failed(verdict=verdict("new", "crashed")),
    "fault": failed(verdict=verdict("", "error", problem=f"{HOSTILE}{LONG}", advice=UNBROKEN), results=()),
    "blocked": failed(verdict=verdict("", "blocked", problem=LONG, advice="pip install it"), results=()),
    "passed": passed(),
    "passed, the last one": passed(following=None),
    "hints": failed(desk=desk(hints=(LONG, WIDE, "1. This.\n2. That.")), show_hints=True, hint_held=True),
    "a new hint": failed(desk=desk(hints=(LONG, WIDE, "1. This.\n2. That.")), show_hints=True, hint_new=True),
    "long rows": with_rows(Row("call", LONG), Row("expected", WIDE), Row("got", UNBROKEN), Row("stderr", "\n" * 40)),
    "hostile rows": with_rows(Row("got", HOSTILE), Row("stderr", HOSTILE * 20)),
    "notice": failed(notice=f"{HOSTILE}{LONG}{WIDE}"),
    "brief": failed(view="brief", desk=desk(brief=f"# Title\n\n{LONG}\n\n```python\n{UNBROKEN}\n```\n\n{WIDE}\n" * 8)),
    "reset": failed(view="reset"),
    "solution": passed(view="solution", routes=ROUTES),
    "list": failed(view="list", summary=summary(ENTRIES)),
    "long list": failed(view="list", summary=summary(MANY), listing=ListView(cursor=150)),
    "empty list": failed(view="list", listing=ListView(query="nothing like it", typing=True)),
    "no phase": failed(summary=replace(summary(), phases=())),
    "many files": failed(desk=desk(files=tuple(desk().folder / f"{WIDE}{number}.py" for number in range(9)))),
}


@pytest.mark.parametrize("name", STATES)
def test_a_frame_fits_its_window_exactly(name):
    for width, height in SIZES:
        for scroll, encoding in ((0, "ascii"), (0, "utf-8"), (7, "utf-8"), (100_000, "utf-8")):
            lines = draw(replace(STATES[name], scroll=scroll), Painter(encoding, color=True), width, height).lines
            assert len(lines) == height
            for line in lines:
                assert 0 <= wcswidth(text_of(line)) <= width, line


@pytest.mark.parametrize("name", STATES)
def test_even_a_tiny_window_is_not_overrun(name):
    for width, height in ((1, 1), (5, 3), (20, 5), (36, 8)):
        lines = draw(STATES[name], Painter("utf-8", color=True), width, height).lines
        assert len(lines) == height
        # A character of two cells has no place in one.
        assert all(wcswidth(text_of(line)) <= max(2, width) for line in lines)


@pytest.mark.parametrize("name", STATES)
def test_what_a_learners_program_printed_is_shown_and_not_obeyed(name):
    for line in draw(STATES[name], Painter("utf-8", color=True), 80, 50).lines:
        left = text_of(line)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left), left


def test_escapes_are_made_visible():
    shown = seen(with_rows(Row("got", "\x1b[2Jgone \u202eevil")))
    assert r"\x1b[2Jgone \u202eevil" in shown


def test_a_terminal_shows_the_frame_where_it_belongs():
    screen = pyte.Screen(80, 24)
    stream = pyte.Stream(screen)
    lines = draw(STATES["hostile rows"], Painter("utf-8", color=True), 80, 24).lines
    stream.feed("\r\n".join(lines))
    assert [row.rstrip() for row in screen.display] == [text_of(line).rstrip() for line in lines]
    assert screen.title == ""


@pytest.mark.parametrize("name", STATES)
def test_the_prompt_is_the_last_thing_in_the_window(name):
    state = STATES[name]
    for width, height in SIZES:
        last = " ".join(seen(state, width, height).split("\n")[-4:])
        wanted = {"list": "back", "reset": "keep"}.get(state.view, "quit")
        if state.listing.typing:
            wanted = "clear"
        assert wanted in last, (width, height)


@pytest.mark.parametrize("name", [name for name, state in STATES.items() if state.view not in ("list", "reset")])
def test_the_prompt_shows_the_keys_that_do_something_and_no_others(name):
    state = STATES[name]
    prompt = seen(state, 120, 24).split("\n")[-1]
    assert re.findall(r"(\S+) (run again|\S+)", prompt) == [(each.key, each.word) for each in keys(state)]


def test_a_failure_is_shown_whole():
    shown = seen(failed())
    for words in ("start/double", "not yet", "0 of 2 checks pass", "double(21)", "42", "23", "(seed 7)", "not tried"):
        assert words in shown


def test_what_is_started_is_named_until_the_checks_are_ready():
    state, _ = reduce(start(claims=(), running=True), Starting(("mongodb", "redis")))
    assert "... starting mongodb and redis" in seen(state)
    state, _ = reduce(state, Ready(CLAIMS))
    assert "starting" not in seen(state) and "... checking" in seen(state)


def test_the_untouched_starter_is_called_so():
    assert "expected starting point" in seen(STATES["untouched"])
    assert "expected starting point" not in seen(failed())


def test_a_pass_shows_what_comes_next():
    shown = seen(passed())
    assert "2 of 2 checks pass" in shown
    assert "Done, and nothing forgotten." in shown
    assert "next  shell/upper: Upper a number, about 5 min" in shown
    assert "the last open exercise" in seen(passed(following=None))


def test_what_comes_next_is_not_told_before_the_pass_is_recorded():
    shown = seen(passed(recorded=False, following=None))
    assert "2 of 2 checks pass" in shown
    assert "next" not in shown and "the last open exercise" not in shown


def test_checks_stream_in_one_by_one():
    one = CheckResult("doubles", CLAIMS[0][1], "passed")
    shown = seen(start(running=True, results=(one,)))
    assert re.search(r"✔ double\(n\) returns 2 times n\s", shown)
    assert re.search(r"○ double\(0\) returns 0 \.\.\.", shown)


def test_files_are_links_that_a_terminal_can_open():
    lines = draw(failed(), Painter("utf-8", color=True), 80, 24).lines
    assert any("\x1b]8;" in line and "file:///home/sam/my-backend/start/double/double.py" in line for line in lines)


def test_a_page_longer_than_the_window_scrolls_to_its_end_and_stays_there():
    text = "\n\n".join(f"line {number}" for number in range(60))
    brief = failed(view="brief", desk=desk(brief=text))
    assert "line 0" in seen(brief) and "more lines" in seen(brief)
    end = seen(replace(brief, scroll=100_000))
    assert "line 59" in end and "more lines" not in end
    middle = seen(replace(brief, scroll=20))
    assert "line 10" in middle and "line 0 " not in middle


@pytest.mark.parametrize("height", [10, 24, 50])
def test_the_frame_knows_how_far_its_page_goes(height):
    brief = failed(view="brief", desk=desk(brief="\n\n".join(f"line {number}" for number in range(60))))
    painter = Painter("utf-8", color=True)
    end = draw(replace(brief, scroll=100_000), painter, 80, height)
    assert draw(replace(brief, scroll=end.lowest), painter, 80, height) == end
    above = draw(replace(brief, scroll=end.lowest - 1), painter, 80, height)
    assert above.lines != end.lines and above.lowest == end.lowest
    assert draw(failed(), painter, 80, 50).lowest == 0


def test_the_cursor_of_a_long_list_is_always_in_sight():
    for cursor in (0, 7, 150, 199):
        state = failed(view="list", summary=summary(MANY), listing=ListView(cursor=cursor))
        for width, height in SIZES:
            rows = [line for line in seen(state, width, height).split("\n") if line.startswith("▶")]
            assert len(rows) == 1, (cursor, width, height)
            assert f"start/exercise-{cursor} " in f"{rows[0]} "


def test_the_list_says_what_it_is_filtered_by():
    shown = seen(failed(view="list", listing=ListView(show="later", query="let", typing=True)))
    assert "1 exercises, showing later  search: let_" in shown
    assert "shell/lower" in shown and "shell/upper" not in shown


def test_a_terminal_without_unicode_gets_plain_signs():
    for name, state in STATES.items():
        if "hostile" not in name and "long" not in name:
            shown = seen(state, encoding="ascii", color=False)
            assert not set(shown) & set("✔✘○⚠–‼★█░▶·─"), name
    assert "+ double(n) returns 2 times n" in seen(passed(), encoding="ascii")


def test_without_color_no_color_is_set():
    for state in STATES.values():
        for line in draw(state, Painter("utf-8", color=False), 80, 24).lines:
            for code in re.findall(r"\x1b\[([0-9;]*)m", line):
                assert not set(code.split(";")) & {str(number) for number in (*range(30, 50), *range(90, 108))}, line


def test_the_reset_question_says_where_the_work_goes():
    shown = seen(STATES["reset"])
    assert "Begin start/double again?" in shown and ".learn/kept/" in shown


def test_the_solution_is_shown_whole_with_what_differs_marked():
    route = Route("times", (("double.py", "def double(n):\n    return n * 2\n", "def double(n):\n    return n + 2\n"),))
    shown = seen(passed(view="solution", routes=(route,)))
    assert "times: double.py" in shown
    assert "+     return n * 2" in shown and "n + 2" not in shown


def test_the_roadmap_is_always_in_sight():
    assert "Basics" in seen(failed()) and "1/5" in seen(failed())
    assert exercise("upper", "shell").id in seen(passed())


def test_a_new_hint_is_seen_at_once_in_a_low_window_and_the_verdict_again_after_a_save():
    rows = [Row("got", f"line {number}") for number in range(12)]
    hints = ("Look there. " * 20, "The idea. " * 20, "1. First of all.\n2. Then.")
    painter = Painter("utf-8", color=False)
    fresh = replace(with_rows(*rows), desk=desk(hints=hints), show_hints=True, hint_new=True)
    for height in (24, 40, 80):
        assert "1. First of all." in "\n".join(draw(fresh, painter, 80, height).lines)
    assert "line 11" in "\n".join(draw(fresh, painter, 80, 80).lines), "beside the verdict, where there is room"
    assert "line 11" in "\n".join(draw(replace(fresh, hint_new=False), painter, 80, 24).lines)


def test_a_pass_is_seen_though_a_hint_was_asked_for_while_the_run_was_under_way():
    done = passed(desk=desk(hints=("Look there. " * 20, "The idea. " * 20)), show_hints=True, hint_new=True)
    assert "passed" in "\n".join(draw(done, Painter("utf-8", color=False), 40, 12).lines)

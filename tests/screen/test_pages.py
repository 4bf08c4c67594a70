"""The list, the roadmap, and the pages to read."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from runner.packs.models import Pack
from runner.screen import pages, roadmap
from runner.screen.roadmap import Entry, PhaseRow
from runner.screen.summary import summarise
from runner.screen.words import ASCII, UNICODE
from runner.workspace.progress import Progress

ENTRIES = [
    Entry("tiny", "start/double", "Double a number", "passed", 1, 5),
    Entry("tiny", "start/triple", "Triple a number", "open", 2, 20),
    Entry("tiny", "shell/upper", "Capital letters", "later", 3, 120, extra=True),
    Entry("tiny", "git/one-commit", "One commit", "locked", 4, 960),
]


def shown(renderable: RenderableType, width: int = 80) -> list[str]:
    console = Console(file=io.StringIO(), width=width, no_color=True, highlight=False)
    with console.capture() as capture:
        console.print(renderable)
    return [line.rstrip() for line in capture.get().rstrip("\n").split("\n")]


def test_the_list_has_one_line_an_exercise():
    lines = shown(roadmap.listing(ENTRIES, "start/triple", UNICODE))
    assert len(lines) == 4
    assert lines[0].startswith("  ✔ start/double")
    assert lines[0].endswith("★ 5 min")
    assert lines[1].startswith("  ○ start/triple")
    assert "(here)" in lines[1]
    assert "(extra)" in lines[2]
    assert sum("(here)" in line for line in lines) == 1


def test_the_cursor_and_the_window_of_the_list():
    lines = shown(roadmap.listing(ENTRIES, "start/double", UNICODE, cursor=2, first=1, rows=2))
    assert len(lines) == 2
    assert lines[0].startswith("  ○ start/triple")
    assert lines[1].startswith("▶ · shell/upper")


@pytest.mark.parametrize("width", [80, 60])
def test_long_titles_are_cut_to_the_line(width: int):
    long = [replace(each, title="a title that goes on and on " * 6) for each in ENTRIES]
    for line in shown(roadmap.listing(long, "start/double", UNICODE), width):
        assert cell_len(line) <= width
        assert "a title that" in line
        assert line.endswith(("min", "h", "days"))


def test_the_list_in_plain_signs():
    text = "\n".join(shown(roadmap.listing(ENTRIES, "start/double", ASCII, cursor=0)))
    assert text.isascii()
    assert "> + start/double" in text


@pytest.mark.parametrize(
    ("show", "search", "found"),
    [
        ("all", "", ["start/double", "start/triple", "shell/upper", "git/one-commit"]),
        ("open", "", ["start/triple"]),
        ("passed", "", ["start/double"]),
        ("later", "", ["shell/upper"]),
        ("locked", "", ["git/one-commit"]),
        ("all", "NUMBER", ["start/double", "start/triple"]),
        ("all", "shell/", ["shell/upper"]),
        ("open", "double", []),
    ],
)
def test_filter_and_search(show: str, search: str, found: list[str]):
    assert [each.id for each in roadmap.matching(ENTRIES, show, search)] == found


def test_a_bar_is_full_only_when_all_is_done():
    assert roadmap.bar(0, 0, ASCII).plain == "." * 20
    assert roadmap.bar(199, 200, ASCII).plain == "#" * 19 + "."
    assert roadmap.bar(200, 200, ASCII).plain == "#" * 20


def test_the_roadmap_shows_every_phase():
    phases = [
        PhaseRow("1-basics", "Basics", "1-2", False, 1, 3),
        PhaseRow("2-next", "Next", "", True, 0, 0),
        PhaseRow("3-last", "Last", "9", True, 0, 2, skipped=True),
    ]
    lines = shown(roadmap.status(phases, "start/double", UNICODE, "1 passed on 1 day."))
    assert "months 1-2" in lines[0]
    assert "1 of 3" in lines[0]
    assert "no exercises yet (optional)" in lines[1]
    assert "(skipped)" in lines[2]
    assert "You are at start/double." in lines
    assert lines[-1] == "1 passed on 1 day."
    assert all(cell_len(line) <= 80 for line in lines)


def test_the_summary_counts_what_is_passed(pack: Pack):
    progress = Progress()
    progress.record("tiny", "start/double").passed["python"] = "2026-01-05T10:00:00Z"
    progress.record("tiny", "shell/upper").later = True
    found = summarise([pack], progress)
    assert [(each.id, each.state) for each in found.entries] == [
        ("start/double", "passed"),
        ("shell/upper", "later"),
        ("git/one-commit", "open"),
    ]
    assert [(each.passed, each.total) for each in found.phases] == [(1, 3)]
    assert [each.state for each in summarise([pack], Progress()).entries] == ["open", "locked", "locked"]


def test_a_solution_is_shown_whole_and_what_differs_is_marked():
    own = "def double(n):\n    return n + n\n"
    other = "def double(n):\n    return n * 2\n"
    lines = shown(pages.solution([pages.Route("times", (("double.py", other, own),))]))
    assert lines[0] == "times: double.py"
    assert lines[1:3] == ["  def double(n):", "+     return n * 2"]
    assert "n + n" not in "\n".join(lines), "one's own file is at hand; between the lines of another it cannot be read"


def test_a_solution_that_is_ones_own_is_told():
    lines = shown(pages.solution([pages.Route("times", (("double.py", "x\n", "x\n"),))]))
    assert lines[1] == "  the same as yours"


def test_a_solution_without_a_file_of_ones_own_is_shown_whole():
    lines = shown(pages.solution([pages.Route("script", (("solve.sh", "git add .\n", None),))]))
    assert lines[:2] == ["script: solve.sh", "git add ."]


def test_escapes_in_a_solution_are_shown():
    text = "\n".join(shown(pages.solution([pages.Route("a", (("x.py", "print('\x1b[2J')\n", "mine\n"),))])))
    assert "\x1b" not in text
    assert "\\x1b[2J" in text


def test_a_brief_is_rendered(pack: Pack):
    text = "\n".join(shown(pages.markdown(pack.exercises["start/double"].brief.read_text())))
    assert "Double a number" in text
    assert "**Goal.**" not in text
    assert "Goal." in text


STAGED = """# Board

**Goal.** All.

## Stage 1: Keep

one

## Stage 2: Find

two

## Stage 3: Many

three
"""


@pytest.mark.parametrize(("done", "open_ones"), [(0, {"one"}), (1, {"one", "two"}), (2, {"one", "two", "three"})])
def test_a_brief_is_open_up_to_the_stage_at_work(done: int, open_ones: set[str]):
    words = "\n".join(shown(pages.brief(STAGED, done))).split()
    assert {"one", "two", "three"} & set(words) == open_ones
    assert "All." in words
    assert {"Keep", "Find", "Many"} <= set(words)
    assert words.count("complete.") == 3 - len(open_ones)


def test_a_brief_with_other_headings_is_whole():
    text = "# Board\n\n## Stages of life\n\none\n\n## Stage x: y\n\ntwo\n"
    words = "\n".join(shown(pages.brief(text, 0))).split()
    assert {"one", "two"} <= set(words)

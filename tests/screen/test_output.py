"""Hostile text on a screen: colours of the learner's output survive, in their place; a terminal obeys nothing else."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from pathlib import Path

import pyte
import pytest
from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from runner.packs.models import Exercise, Pack
from runner.screen import pages, roadmap
from runner.screen import verdict as screen
from runner.screen.console import GuardedConsole, Painter
from runner.screen.output import printed
from runner.screen.roadmap import Entry, PhaseRow
from runner.screen.words import ASCII, UNICODE
from runner.verify.verdict import CheckResult, Row, Verdict

OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;id=\d+;file://[!-~]*\x1b\\|\x1b\]8;;\x1b\\")
"""The codes that our own screens hold: colours, and links to the learner's files."""

TRICKS = {
    "clear": "\x1b[2J\x1b[3J\x1b[H",
    "cursor": "\x1b[5A\x1b[1;1Hhere\x1b7\x1b8\x1b[s\x1b[u",
    "erase": "wrong\x1b[2K\x1b[1G\x1b[Kright",
    "return": "wrong\rright",
    "backspace": "wrong\b\b\b\b\bright",
    "title": "\x1b]0;owned\x07\x1b]2;owned\x1b\\",
    "link": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "device control": "\x1bPq#0;2;0;0;0~-\x1b\\\x1b_Gf=24;x\x1b\\\x1b^x\x1b\\\x1bXx\x1b\\",
    "query": "\x1b[c\x1b[6n\x1b[5n\x1b[>c\x05",
    "alternate screen": "\x1b[?1049l\x1b[?47h\x1b[?25h\x1b[?1000h\x1b[?2004h",
    "reset": "\x1bc\x1b[!p",
    "margins": "\x1b[5;10r\x1b[?6h\x1b[?7h\x1b[4h\x1b[20h",
    "charset": "\x1b(0\x0elqqk\x0f\x1b%@\x1b#8",
    "one byte": "\x9b2J\x9d0;owned\x9c\x90x\x9c\x85\x84\x8d",
    "begun and not ended": "\x1b[31",
    "huge number": f"\x1b[{'9' * 5000}m",
    "colons": "\x1b[38:2::1:2:3m\x1b[4:3m",
    "private colour": "\x1b[?31m\x1b[>4;2m\x1b[1 m",
    "direction": "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "unseen": "ad\u200b\u200dmin\ufeff \u00ad\u3164",
    "null": "a\0b\x7fc\x07",
    "half a pair": "\ud83d",
    "markup": "[red]x[/red] [link=http://evil.example]y[/link] [/] [/b]",
    "tower": "e" + "\u0301" * 400,
    "tabs": "a\tb\x0bc\x0cd",
    "colour": "\x1b[1;31mred\x1b[0m",
    "hidden": "\x1b[8msecret\x1b[0m \x1b[31;41msame\x1b[0m \x1b[5mblink",
}


def lines(page: RenderableType, *, color: bool = True, width: int = 80) -> list[str]:
    return Painter("utf-8", color=color).lines(page, width)


def bare(line: str) -> str:
    return OURS.sub("", line)


def seen(page: RenderableType, *, color: bool = True) -> pyte.Screen:
    """What a real terminal makes of PAGE."""
    found = pyte.Screen(80, 60)
    found.set_title("as before")
    pyte.Stream(found).feed("\r\n".join(lines(page, color=color)))
    return found


@pytest.fixture
def double(pack: Pack) -> Exercise:
    return pack.exercises["start/double"]


def failed(exercise: Exercise, text: str) -> Verdict:
    """A verdict that holds TEXT wherever a learner's text may come."""
    labels = ("command", "call", "expected", "got", "stderr", "printed", "where", "means", "look")
    one = CheckResult("doubles", text, "failed", details=tuple(Row(label, text) for label in labels))
    return Verdict("tiny", exercise.id, "python", "0", 1, "failed", (one,), text, text, output=text)


def every_page(exercise: Exercise, text: str) -> dict[str, RenderableType]:
    """Every page there is, with TEXT in every place for text that is not ours."""
    one = failed(exercise, text)
    strange = replace(exercise, manifest=replace(exercise.manifest, title=text, passed=text))
    path = Path("/home/ada", text.replace("\0", "").replace("\ud83d", "\udcff")[:200] or "x")
    return {
        "heading": screen.heading(strange, [path], Path("/home/ada"), UNICODE),
        "outcome": screen.outcome(one, strange, UNICODE, next_step=text),
        "all of it": screen.outcome(one, strange, UNICODE, next_step=text, whole=True),
        "checks": screen.checks([("doubles", text), ("later", text)], one.checks, UNICODE, running=True),
        "hints": screen.hints([text] * 3, more=True, held_back=True),
        "after a pass": screen.after_pass(strange, strange),
        "brief": pages.markdown(f"# {text}\n\n- {text}\n\n```\n{text}\n```\n"),
        "solution": pages.solution(
            [pages.Route(text, ((text, text, "own\n"), (text, "own\n", text), (text, text, None)))]
        ),
        "list": roadmap.listing([Entry("tiny", "start/double", text, "open", 1, 5)], "", UNICODE, 0),
        "roadmap": roadmap.status([PhaseRow("1", text, text, False, 0, 1)], "start/double", UNICODE, ""),
        "progress": roadmap.progress_line(PhaseRow("1", text, text, False, 0, 1), (), UNICODE),
    }


@pytest.mark.parametrize("trick", TRICKS)
def test_no_page_holds_a_code_that_is_not_ours(double: Exercise, trick: str):
    for name, page in every_page(double, TRICKS[trick]).items():
        for color in (True, False):
            for line in lines(page, color=color):
                assert bare(line).isprintable(), (name, line)
                assert cell_len(bare(line)) <= 80, (name, line)


@pytest.mark.parametrize("trick", TRICKS)
def test_a_real_terminal_shows_each_line_in_its_place_and_is_left_as_it_was(double: Exercise, trick: str):
    for name, page in every_page(double, TRICKS[trick]).items():
        before = pyte.Screen(80, 60)
        found = seen(page)
        wanted = [bare(line).rstrip() for line in lines(page)][-60:]
        if trick != "tower":  # pyte joins marks to letters, so that its cells hold more than one sign
            assert [row.rstrip() for row in found.display][: len(wanted)] == wanted, name
        assert found.title == "as before" and found.mode == before.mode, name
        assert found.margins == before.margins and found.charset == before.charset, name
        assert found.cursor.attrs == before.cursor.attrs and not found.cursor.hidden, name


def colours(page: RenderableType, word: str) -> tuple[str, str, bool]:
    """The colours that WORD stands in, in a real terminal, and whether it is bold."""
    found = seen(page)
    for number, row in enumerate(found.display):
        if word in row:
            cell = found.buffer[number][row.index(word)]
            return cell.fg, cell.bg, cell.bold
    raise AssertionError(f"{word!r} is not on the screen:\n" + "\n".join(found.display))


@pytest.mark.parametrize("label", ["stderr", "printed"])
def test_colours_of_the_output_survive(double: Exercise, label: str):
    text = "plain \x1b[1;32mgreen\x1b[0m after\n\x1b[38;5;196mbright\x1b[48;2;0;0;95mboth"
    one = replace(failed(double, ""), checks=(CheckResult("doubles", "c", "failed", details=(Row(label, text),)),))
    page = screen.outcome(one, double, UNICODE, next_step="mend it")
    assert colours(page, "plain") == ("default", "default", False)
    assert colours(page, "green") == ("green", "default", True)
    assert colours(page, "after") == ("default", "default", False)
    assert colours(page, "bright") == ("ff0000", "default", False)
    assert colours(page, "both") == ("ff0000", "00005f", False)
    # Never reset by the program, and yet no line of ours has it.
    assert colours(page, "mend it") == ("default", "default", False)


def test_colours_go_on_in_the_next_line_and_no_further_than_the_text(double: Exercise):
    one = Verdict("tiny", double.id, "python", "0", 1, "failed", output="\x1b[31mone\ntwo\n")
    page = screen.outcome(one, double, UNICODE, next_step="mend it", whole=True)
    assert colours(page, "one") == colours(page, "two") == ("red", "default", False)
    bars = [line for line in lines(page) if "│" in line]
    assert [bare(line) for line in bars] == ["  │ one", "  │ two"]
    assert all(line.startswith("\x1b[2m  │ \x1b[0m") and line.endswith("\x1b[0m") for line in bars)


@pytest.mark.parametrize("label", ["command", "call", "expected", "got", "where", "means", "look"])
def test_a_value_has_no_colours_of_its_own(double: Exercise, label: str):
    one = replace(
        failed(double, ""), checks=(CheckResult("doubles", "c", "failed", details=(Row(label, "\x1b[32mvalue"),)),)
    )
    page = screen.outcome(one, double, UNICODE, next_step="")
    own = {"expected": "green", "got": "red"}.get(label, "default")
    assert colours(page, "\\x1b[32mvalue") == (own, "default", False)


def test_without_colours_the_text_stands_alone():
    text = "\x1b[1;31mred\x1b[0m and \x1b[2Jmore"
    assert lines(printed(text), color=False) == ["red and \\x1b[2Jmore"]
    pipe = GuardedConsole(file=io.StringIO(), width=80, highlight=False)
    with pipe.capture() as capture:
        pipe.print(printed(text))
    assert capture.get() == "red and \\x1b[2Jmore\n"


@pytest.mark.parametrize(
    "text",
    ["\x1b[8mword", "\x1b[31;41mword", "\x1b[38;5;0;40mword", "\x1b[38;2;9;9;9;48;2;9;9;12mword", "\x1b[5;6mword"],
)
def test_no_colour_hides_the_text(text: str):
    found = seen(printed(text))
    cell = found.buffer[0][0]
    assert cell.data == "w" and (cell.fg != cell.bg or cell.fg == "default") and not cell.blink
    assert "\x1b[8" not in lines(printed(text))[0]


@pytest.mark.parametrize(
    "text", ["\x1b[38m", "\x1b[38;5m", "\x1b[38;2;1m", "\x1b[m", "\x1b[;;m", "\x1b[999m", "\x1b[48;7;1m"]
)
def test_colours_that_make_no_sense_do_no_harm(text: str):
    assert bare(lines(printed(f"{text}word"))[0]) == "word"


def test_a_line_of_output_cannot_pass_for_one_of_ours(double: Exercise):
    claims = [("doubles", "double(n) returns 2 times n")]
    passed = [CheckResult("doubles", claims[0][1], "passed")]
    (ours,) = lines(screen.checks(claims, passed, UNICODE, running=False))
    forged = f"\x1b[32m  ✔\x1b[0m double(n) returns 2 times n\n{bare(ours)}\n✔ passed   2 of 2 checks pass"
    one = Verdict("tiny", double.id, "python", "0", 1, "failed", output=forged)
    shown = [bare(line) for line in lines(screen.outcome(one, double, UNICODE, next_step="x", whole=True))]
    assert bare(ours).rstrip() not in [line.rstrip() for line in shown]
    assert not any(line.startswith("✔") for line in shown)
    plain = lines(screen.outcome(one, double, ASCII, next_step="x", whole=True))
    assert sum(bare(line).startswith("  | ") for line in plain) == 3


HUGE = {
    "one line": "x" * 3_000_000,
    "many lines": "line\n" * 10_000,
    "colours": "\x1b[31mred\x1b[0m " * 200_000,
    "escapes": "\x1b" * 1_000_000,
    "line feeds": "\n" * 2_000_000 + "x",
    "marks": "e" + "\u0301" * 1_000_000,
    "wide": "李" * 1_000_000,
}


@pytest.mark.parametrize("kind", HUGE)
def test_huge_texts_are_cut_told_so_and_take_no_time(double: Exercise, kind: str):
    began = time.perf_counter()
    one = failed(double, HUGE[kind])
    shown = [
        bare(line) for line in lines(screen.outcome(replace(one, advice=""), double, UNICODE, next_step="mend it"))
    ]
    seconds = time.perf_counter() - began
    assert shown[0].startswith("✘ not yet") and shown[-1].startswith("  next     mend it")
    assert "learn run -v" in "\n".join(shown)
    assert len(shown) < 1600 and seconds < 2, (len(shown), seconds)


@pytest.mark.parametrize("lines_alike", [400, 20_000])
def test_a_long_file_beside_an_answer_takes_no_time(lines_alike: int):
    own = "".join(f"line {number} of an answer that is qite like\n" for number in range(lines_alike))
    answer = "".join(f"line {number} of an answer that is quite like\n" for number in range(100))
    began = time.perf_counter()
    shown = [bare(line) for line in lines(pages.solution([pages.Route("a", (("x.py", answer, own),))]))]
    assert time.perf_counter() - began < 2
    assert any("line 99 of an answer that is quite like" in line for line in shown)


def test_what_was_forgotten_is_held_back_at_the_last(double: Exercise):
    assert lines(Text("a\x1b[2Jb\x9bc\u202ed\x00")) == ["a?[2Jb?c?d?"]
    # Signs that Markdown itself makes, after the text was made visible.
    assert bare("".join(lines(pages.markdown("a&#x202e;b &#x200b;c")))).split() == ["a?b", "?c"]

"""From the loop's state to the lines of one frame."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from runner.screen import pages, roadmap
from runner.screen import verdict as screen
from runner.screen.console import Painter
from runner.screen.words import clean
from runner.watch.reduce import keys, listed
from runner.watch.state import State

LEAST_BODY = 3
"""Lines that the body keeps, however low the window is."""


@dataclass(frozen=True)
class Frame:
    """What a window shows, line by line, and how far its page can be scrolled there."""

    lines: list[str]
    lowest: int = 0


def draw(state: State, painter: Painter, width: int, height: int) -> Frame:
    """The frame: exactly HEIGHT lines of at most WIDTH cells."""
    rule, *rest = painter.lines(_foot(state, painter, width), width)
    notice = painter.lines(Text(clean(state.notice), style="yellow"), width) if state.notice else []
    foot = [rule, *notice[: max(1, height - LEAST_BODY - 1 - len(rest))], *rest]
    room = max(LEAST_BODY, height - len(foot))
    if state.view == "list":
        body, lowest = painter.lines(_list(state, painter, room), width)[:room], 0
    else:
        body, lowest = _scrolled(_page(state, painter, width, room), state.scroll, room, painter, width)
    frame = [*body, *[""] * (room - len(body)), *foot]
    return Frame(frame[:height], lowest)


def _page(state: State, painter: Painter, width: int, room: int) -> list[str]:
    """The lines of the page; where a new hint would be below the window's edge, the hints alone, the new one first."""
    lines = painter.lines(_body(state, painter), width)
    if state.view == "main" and state.hint_new and _shows_hints(state) and len(lines) > room:
        return painter.lines(_hints_alone(state, painter), width)
    return lines


def _scrolled(lines: list[str], scroll: int, room: int, painter: Painter, width: int) -> tuple[list[str], int]:
    if len(lines) <= room:
        return lines, 0
    lowest = len(lines) - room + 1
    first = min(scroll, lowest)
    below = lowest - first
    note = f"({below} more lines: use the arrow keys)" if below > 0 else "(end: the arrow keys go back up)"
    return [*lines[first : first + room - 1], painter.lines(Text(note, style="dim"), width)[0]], lowest


def _at_work(state: State) -> str:
    if state.claims:
        return "... checking"
    if state.starting:
        return f"... starting {' and '.join(state.starting)}, once for all exercises"
    return "... getting the checks ready"


def _body(state: State, painter: Painter) -> RenderableType:
    if state.view == "brief":
        staged = state.desk.exercise.manifest.stages
        return pages.brief(state.desk.brief, state.desk.stages_done) if staged else pages.markdown(state.desk.brief)
    if state.view == "solution":
        return pages.solution(state.routes)
    if state.view == "reset":
        return _reset_question(state)
    return _main(state, painter)


def _main(state: State, painter: Painter) -> RenderableType:
    desk, signs = state.desk, painter.signs
    parts: list[RenderableType] = [
        screen.heading(desk.exercise, desk.files or (desk.folder,), desk.root, signs),
        Text(),
    ]
    if state.verdict:
        work = "fix it and save" if desk.files else "mend it there"
        step = "" if state.passed_now else f"{work}, or press h for a hint"
        untouched = state.content == desk.starting_content
        said = screen.outcome(
            state.verdict,
            desk.exercise,
            signs,
            next_step=step,
            starting_point=untouched,
            completed=state.completed,
        )
        parts.append(said)
    else:
        parts.append(Text(_at_work(state), style="bold"))
    if state.passed_now and state.recorded:
        parts.append(screen.after_pass(desk.exercise, state.following))
    if _shows_hints(state):
        more = len(desk.hints) < len(desk.exercise.manifest.hints)
        parts += [Text(), screen.hints(desk.hints, more=more, held_back=state.hint_held)]
    manifest = desk.exercise.manifest
    parts += [Text(), screen.checks(state.claims, state.results, signs, running=state.running, manifest=manifest)]
    return Group(*parts)


def _shows_hints(state: State) -> bool:
    """Hints asked for while a run was under way give way to the news that it passed."""
    return state.show_hints and not state.passed_now


def _hints_alone(state: State, painter: Painter) -> RenderableType:
    desk = state.desk
    more = len(desk.hints) < len(desk.exercise.manifest.hints)
    return Group(
        screen.heading(desk.exercise, desk.files or (desk.folder,), desk.root, painter.signs),
        Text(),
        screen.hints(desk.hints, more=more, held_back=state.hint_held, newest_first=True),
        Text("Press h until they are away, or save, to see the verdict again.", style="dim"),
    )


def _reset_question(state: State) -> RenderableType:
    return Group(
        Text(f"Begin {state.desk.exercise.id} again?", style="bold"),
        Text("Your work is moved to .learn/kept/ and nothing of it is lost."),
        Text("y  yes, begin again      any other key  no"),
    )


def _list(state: State, painter: Painter, room: int) -> RenderableType:
    entries = listed(state)
    rows = max(1, room - 2)
    first = max(0, min(state.listing.cursor - rows // 2, len(entries) - rows))
    search = f"  search: {state.listing.query}" + ("_" if state.listing.typing else "") if _searching(state) else ""
    head = Text(f"{len(entries)} exercises, showing {state.listing.show}{search}", style="bold")
    current = state.desk.exercise.id
    table = roadmap.listing(entries, current, painter.signs, state.listing.cursor, first, rows)
    return Group(head, Text(), table if entries else Text("Nothing matches.", style="dim"))


def _searching(state: State) -> bool:
    return state.listing.typing or bool(state.listing.query)


def _foot(state: State, painter: Painter, width: int) -> RenderableType:
    parts: list[RenderableType] = [Rule(style="dim", characters="-" if painter.signs.star == "*" else "─")]
    phase = state.summary.phase(state.desk.exercise)
    parts.append(roadmap.progress_line(phase, state.summary.phases, painter.signs))
    parts.append(_prompt(state, width))
    return Group(*parts)


def _prompt(state: State, width: int) -> Text:
    """The keys, in as many lines as they need, each key beside its word."""
    if state.view == "list":
        words = LIST_TYPING if state.listing.typing else LIST_KEYS
    elif state.view == "reset":
        words = [("y", "reset"), ("other", "keep")]
    else:
        words = [(each.key, each.word) for each in keys(state)]
    lines = [Text()]
    for key, word in words:
        shown = Text.assemble((key, "bold reverse" if len(key) == 1 else "bold"), f" {word}")
        if lines[-1] and lines[-1].cell_len + 2 + shown.cell_len > width:
            lines.append(Text())
        lines[-1].append("  " if lines[-1] else "").append_text(shown)
    return Text("\n").join(lines)


LIST_KEYS = [("up/down", "move"), ("enter", "go"), ("/", "search"), ("f", "filter"), ("l", "back"), ("q", "quit")]
LIST_TYPING = [("enter", "keep"), ("escape", "clear")]

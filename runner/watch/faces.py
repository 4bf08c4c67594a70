"""How the loop shows itself: a frame in a terminal, plain lines for a pipe, or JSON for a machine."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any, Protocol

from runner.screen import verdict as screen
from runner.screen.console import Painter, printing
from runner.screen.words import as_json, clean
from runner.watch.frame import draw
from runner.watch.state import Ended, Entered, Event, Recorded, Result, State, Told


class Face(Protocol):
    """What the loop needs of whatever shows it. One that `draws` need not be shown each of many events in a row.

    `lowest` is how far the page that it shows can be scrolled.
    """

    draws: bool
    lowest: int

    def open(self) -> None:
        """Begin to show."""

    def close(self) -> None:
        """Stop, and leave everything as it was before `open`; may be called twice."""

    def keys_from(self) -> int | None:
        """The descriptor that keys come from, or None."""

    def keys(self) -> list[str] | None:
        """The keys pressed since the last call; None when there will be no more."""

    def show(self, state: State, event: Event | None) -> None:
        """Show STATE after EVENT; None asks for the state alone, as after a resize."""


KEY_NAMES = {
    "KEY_UP": "up",
    "KEY_DOWN": "down",
    "KEY_PGUP": "page_up",
    "KEY_PGDOWN": "page_down",
    "KEY_HOME": "home",
    "KEY_END": "end",
    "KEY_ENTER": "enter",
    "KEY_ESCAPE": "escape",
    "KEY_EXIT": "escape",
    "KEY_BACKSPACE": "backspace",
    "KEY_DELETE": "backspace",
}
"""From blessed's names of keys to the reducer's."""

BEGIN_UPDATE, END_UPDATE = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronized output: a terminal that knows it shows the frame in one piece, others pass it over."""

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J", f"{END_UPDATE}\x1b[?7h\x1b[?25h\x1b[?1049l"
"""Take the alternate screen, hide the cursor, cut lines at the window's edge, begin empty; and the way back.

Terminals differ in how wide a sign is. One that takes a line for longer than we do must not wrap it into the next.
On Ctrl-Z and Ctrl-C a terminal drops what was not yet read of a frame, its end perhaps: the way back ends the update.
"""


class Screen:
    """A frame on the terminal's alternate screen, so that the scrollback and what stood there stay as they are."""

    draws = True
    lowest = 0

    def __init__(self) -> None:
        import blessed

        # Without styling, blessed asks the terminal nothing: one that does not answer would hold us for seconds.
        self._terminal = blessed.Terminal(force_styling=None)
        self._painter = Painter(sys.stdout.encoding, color=not os.environ.get("NO_COLOR"))
        self._stack: contextlib.ExitStack | None = None
        self._last: list[str] = []

    def open(self) -> None:
        """Take the terminal."""
        stack = contextlib.ExitStack()
        self._stack = stack
        stack.enter_context(self._terminal.cbreak())
        stack.callback(self._write, LEAVE)
        self._write(ENTER)
        self._last = []

    def close(self) -> None:
        """Give the terminal back as it was."""
        if self._stack:
            stack, self._stack = self._stack, None
            with contextlib.suppress(OSError):
                stack.close()

    def keys_from(self) -> int | None:
        """The terminal's input."""
        return sys.stdin.fileno()

    def keys(self) -> list[str] | None:
        """The keys that lie ready."""
        found: list[str] = []
        while key := self._terminal.inkey(timeout=0, esc_delay=0.02):
            found.append(KEY_NAMES.get(key.name or "", str(key)))
        return found

    def show(self, state: State, event: Event | None) -> None:
        """Draw the frame, if it is another one than before."""
        if state.suspended or self._stack is None:
            return
        width, height = self._terminal.width, self._terminal.height
        frame = draw(state, self._painter, width, height)
        lines, self.lowest = frame.lines, frame.lowest
        if lines == self._last and event is not None:
            return
        self._last = lines
        text = "\r\n".join(f"\x1b[2K{line}" for line in lines)
        # A closed terminal is told to the loop by SIGHUP, not by this write.
        with contextlib.suppress(OSError):
            self._write(f"{BEGIN_UPDATE}\x1b[H{text}{END_UPDATE}")

    def _write(self, text: str) -> None:
        # One question mark for each character that the terminal lacks, so that every line keeps its width.
        sys.stdout.write(text.encode(sys.stdout.encoding, "replace").decode(sys.stdout.encoding))
        sys.stdout.flush()


class Plain:
    """Lines that only ever grow: for pipes, logs and screen readers."""

    draws = False
    lowest = 0

    def __init__(self) -> None:
        self._console, self._signs = printing()

    def open(self) -> None:
        """Nothing to take."""

    def close(self) -> None:
        """Nothing to give back."""

    def keys_from(self) -> int | None:
        """No keys here."""
        return None

    def keys(self) -> list[str] | None:
        """No keys here."""
        return []

    def show(self, state: State, event: Event | None) -> None:
        """Print what EVENT adds."""
        desk = state.desk
        if isinstance(event, Entered):
            files = desk.files or (desk.folder,)
            self._console.print(screen.heading(desk.exercise, files, desk.root, self._signs))
        if isinstance(event, Told | Entered) and event.notice:
            self._console.print(clean(event.notice), markup=False)
        if isinstance(event, Ended) and state.verdict:
            self._print_verdict(state)
        if isinstance(event, Recorded) and state.passed_now:
            self._print_pass(state)

    def _print_verdict(self, state: State) -> None:
        assert state.verdict is not None
        exercise = state.desk.exercise
        step = "" if state.passed_now else f"fix it and save, or: learn hint {exercise.slug}"
        untouched = state.content == state.desk.starting_content
        outcome = screen.outcome(
            state.verdict,
            exercise,
            self._signs,
            next_step=step,
            starting_point=untouched,
            completed=state.completed,
        )
        self._console.print(outcome)
        claims = screen.checks(state.claims, state.results, self._signs, running=False, manifest=exercise.manifest)
        self._console.print(claims)

    def _print_pass(self, state: State) -> None:
        self._console.print(screen.after_pass(state.desk.exercise, state.following))
        if state.following and not state.auto_next:
            self._console.print(f"  to go there: learn goto {state.following.slug}", markup=False)


class Json:
    """One event a line, for programs."""

    draws = False
    lowest = 0

    def open(self) -> None:
        """Nothing to take."""

    def close(self) -> None:
        """Nothing to give back."""

    def keys_from(self) -> int | None:
        """No keys here."""
        return None

    def keys(self) -> list[str] | None:
        """No keys here."""
        return []

    def show(self, state: State, event: Event | None) -> None:
        """Print what EVENT adds."""
        if isinstance(event, Entered):
            files = [str(path) for path in state.desk.files]
            self._print(
                {
                    "event": "exercise",
                    "exercise": state.desk.exercise.id,
                    "folder": str(state.desk.folder),
                    "files": files,
                }
            )
        if isinstance(event, Result):
            self._print({"event": "check", "id": event.result.id, "status": event.result.status})
        if isinstance(event, Ended) and state.verdict:
            self._print({"event": "verdict", "verdict": state.verdict.plain()})
        if isinstance(event, Told):
            self._print({"event": "notice", "text": event.notice})

    def _print(self, data: dict[str, Any]) -> None:
        print(as_json(data), flush=True)


def editor_command(path: Path, environ: dict[str, str]) -> list[str]:
    """The command that opens PATH in the learner's editor."""
    import shlex

    chosen = environ.get("VISUAL") or environ.get("EDITOR") or "vi"
    return [*shlex.split(chosen), str(path)]

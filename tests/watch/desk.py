"""States of the loop made by hand: a desk with an exercise, rows of a list, verdicts and results."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from runner.packs.models import CheckSpec, Exercise, ExerciseManifest
from runner.screen.roadmap import Entry, PhaseRow
from runner.screen.summary import Summary
from runner.verify.verdict import CheckResult, Row, Verdict
from runner.watch.reduce import reduce
from runner.watch.state import Desk, Effect, Event, Key, State

ROOT = Path("/home/sam/my-backend")
CLAIMS = (("doubles", "double(n) returns 2 times n"), ("doubles-zero", "double(0) returns 0"))


def exercise(slug: str = "double", topic: str = "start") -> Exercise:
    """An exercise of two checks and three hints, as a pack would give it."""
    manifest = ExerciseManifest(
        format=1,
        title=f"{slug.title()} a number",
        summary="Twice as much.",
        stars=1,
        minutes=5,
        hints=("Look here.", "Think so.", "1. Do this."),
        passed="Done, and nothing forgotten.",
        checks=(CheckSpec("doubles"), CheckSpec("doubles-zero", needs=("doubles",))),
        links=("https://docs.python.org/3/",),
        languages=("python", "javascript"),
    )
    return Exercise("tiny", "1-basics", topic, slug, "/packs/tiny", manifest)


def desk(of: Exercise | None = None, **parts: Any) -> Desk:
    """The desk of an exercise, by default with one file."""
    of = of or exercise()
    folder = ROOT / of.topic / of.slug
    given: dict[str, Any] = {
        "exercise": of,
        "language": "python",
        "root": ROOT,
        "folder": folder,
        "files": (folder / f"{of.slug}.py",),
        "starting_content": "as-laid-out",
        "brief": "# Double\n\nReturn twice as much.\n",
        "hints": (),
        "passed": False,
        **parts,
    }
    return Desk(**given)


def entry(name: str, state: str = "open", title: str = "") -> Entry:
    """One row of the list."""
    return Entry("tiny", name, title or name, state, 1, 5)


ENTRIES = (
    entry("start/double", "open", "Double a number"),
    entry("start/triple", "passed", "Triple a number"),
    entry("shell/upper", "open", "Capital letters"),
    entry("shell/lower", "later", "Small letters"),
    entry("git/one-commit", "locked", "One commit"),
)


def summary(entries: tuple[Entry, ...] = ENTRIES) -> Summary:
    """The rows of the list, and one phase."""
    return Summary(entries, (PhaseRow("1-basics", "Basics", "1", False, 1, len(entries)),))


def verdict(content: str = "new", status: Any = "passed", **parts: Any) -> Verdict:
    """A verdict on CONTENT: passed, or with its first check failed and the second not tried."""
    ends = ("passed", "passed") if status == "passed" else (status, "skipped")
    checks = tuple(
        CheckResult(check, claim, end, details=details(end)) for (check, claim), end in zip(CLAIMS, ends, strict=True)
    )
    given = {"seed": 7, "checks": checks if status not in ("blocked", "error") else (), **parts}
    return Verdict("tiny", "start/double", "python", content, status=status, **given)


def details(status: Any) -> tuple[Row, ...]:
    """The rows that a check with that STATUS would have."""
    if status in ("passed", "skipped"):
        return ()
    return (Row("call", "double(21)"), Row("expected", "42"), Row("got", "23"))


def start(**parts: Any) -> State:
    """The loop at its first exercise: seen, not yet run."""
    given: dict[str, Any] = {
        "desk": desk(),
        "summary": summary(),
        "following": exercise("upper", "shell"),
        "content": "new",
        "claims": CLAIMS,
        **parts,
    }
    return State(**given)


def failed(**parts: Any) -> State:
    """The loop with a failing verdict."""
    said = verdict(status="failed")
    return replace(start(verdict=said, results=said.checks), **parts)


def passed(**parts: Any) -> State:
    """The loop with a pass."""
    said = verdict()
    return replace(start(verdict=said, results=said.checks, passed_now=True, recorded=True), **parts)


def after(state: State, *events: Event) -> tuple[State, list[Effect]]:
    """The state after EVENTS, and all effects that they asked for."""
    effects: list[Effect] = []
    for event in events:
        state, more = reduce(state, event)
        effects += more
    return state, effects


def press(state: State, *names: str) -> tuple[State, list[Effect]]:
    """The state after keys, and the effects that they asked for."""
    return after(state, *(Key(name) for name in names))

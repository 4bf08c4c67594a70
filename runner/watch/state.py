"""What the loop knows, what can happen to it, and what it can ask for. Plain frozen data, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from runner.packs.models import Exercise
from runner.screen.pages import Route
from runner.screen.summary import Summary
from runner.verify.verdict import CheckResult, Verdict

UNKNOWN = 1_000_000
"""A length of a page in lines where nothing was drawn."""


@dataclass(frozen=True)
class ListView:
    """The list as the learner has it: what is filtered, searched, and where the cursor is."""

    show: str = "all"
    query: str = ""
    typing: bool = False
    cursor: int = 0


@dataclass(frozen=True)
class Desk:
    """The exercise that is being worked on, and all that is read of it when it is entered."""

    exercise: Exercise
    language: str
    root: Path
    folder: Path
    files: tuple[Path, ...]
    starting_content: str
    brief: str
    hints: tuple[str, ...]
    passed: bool
    stages_done: int = 0


@dataclass(frozen=True)
class State:
    """The whole state of the loop.

    Args:
        content: the hash of the files as they were last seen.
        running: whether a run for `content` is under way.
        starting: the servers that it waits for.
        verdict: the verdict on `content`; None until there is one.
        recorded: whether the verdict is in the workspace, so that `following` is what comes after it.
        completed: the stage that the verdict is the first to complete; 0 for none.
        copied: what the last run found instead of `content`, when its copy was of something else.
        view: what the frame shows: `main`, `brief`, `list`, `solution`, `reset`.
        scroll: lines that the frame's body is scrolled by.
        suspended: an editor has the terminal.
    """

    desk: Desk
    summary: Summary
    following: Exercise | None
    content: str = ""
    running: bool = False
    starting: tuple[str, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    results: tuple[CheckResult, ...] = ()
    verdict: Verdict | None = None
    recorded: bool = False
    completed: int = 0
    copied: str = ""
    passed_now: bool = False
    view: str = "main"
    scroll: int = 0
    listing: ListView = field(default_factory=ListView)
    routes: tuple[Route, ...] = ()
    show_hints: bool = False
    hint_held: bool = False
    hint_new: bool = False
    notice: str = ""
    auto_next: bool = False
    suspended: bool = False

    @property
    def may_see_solution(self) -> bool:
        """A solution is shown after a pass, whenever that was."""
        return self.desk.passed or self.passed_now


# What can happen


@dataclass(frozen=True)
class Saved:
    """The exercise's files have another content than before."""

    content: str


@dataclass(frozen=True)
class Looked:
    """The files were looked at again because VERDICT was on another content than the one known."""

    content: str
    verdict: Verdict


@dataclass(frozen=True)
class Starting:
    """The checker waits for servers of these names to be started."""

    servers: tuple[str, ...]


@dataclass(frozen=True)
class Ready:
    """The checker has collected the checks; CLAIMS are their ids and claims in order."""

    claims: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Result:
    """One check of the current run has ended."""

    result: CheckResult


@dataclass(frozen=True)
class Ended:
    """The current run has ended."""

    verdict: Verdict


@dataclass(frozen=True)
class Recorded:
    """A verdict was written to the workspace; these are the rows and the next exercise since then."""

    summary: Summary
    following: Exercise | None


@dataclass(frozen=True)
class Entered:
    """The learner's place is another exercise, or the same laid out anew."""

    desk: Desk
    summary: Summary
    following: Exercise | None
    content: str
    notice: str = ""


@dataclass(frozen=True)
class HintRead:
    """The hints read so far; HELD when the next one waits for another save."""

    hints: tuple[str, ...]
    held: bool


@dataclass(frozen=True)
class SolutionRead:
    """The right answers, beside the learner's own files."""

    routes: tuple[Route, ...]


@dataclass(frozen=True)
class Key:
    """A key: a character, or a name such as `up`, `page_down`, `enter`, `escape`, `backspace`.

    `lowest` is how far the page was to be scrolled when it was pressed, where that is known.
    """

    name: str
    lowest: int = UNKNOWN


@dataclass(frozen=True)
class Told:
    """Something to tell the learner that is no verdict."""

    notice: str


@dataclass(frozen=True)
class EditorEnded:
    """The editor gave the terminal back."""

    notice: str = ""


@dataclass(frozen=True)
class Moved:
    """Another program moved the learner's place, such as `learn goto` in a second terminal."""

    pack: str
    exercise: str


Event = (
    Saved
    | Looked
    | Starting
    | Ready
    | Result
    | Ended
    | Recorded
    | Entered
    | HintRead
    | SolutionRead
    | Key
    | Told
    | EditorEnded
    | Moved
)


# What can be asked for


@dataclass(frozen=True)
class StartRun:
    """Take a verdict on the files as they are; ends a run under way."""


@dataclass(frozen=True)
class Look:
    """Look at the files again and answer with `Looked`."""

    verdict: Verdict


@dataclass(frozen=True)
class Record:
    """Write the verdict to the workspace."""

    verdict: Verdict


@dataclass(frozen=True)
class Enter:
    """Go to an exercise; JUMP opens a locked one."""

    pack: str
    exercise: str
    jump: bool = False


@dataclass(frozen=True)
class ReadHint:
    """Count one more hint as read."""


@dataclass(frozen=True)
class ReadSolution:
    """Read the right answers."""


@dataclass(frozen=True)
class Reset:
    """Lay the exercise out anew and keep the old work."""


@dataclass(frozen=True)
class OpenEditor:
    """Open the exercise's first file in the learner's editor."""


@dataclass(frozen=True)
class Quit:
    """End the loop."""

    code: int = 0


Effect = StartRun | Look | Record | Enter | ReadHint | ReadSolution | Reset | OpenEditor | Quit

"""The loop's only decisions: `reduce(state, event)` gives the next state and what is to be done. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from runner.screen.roadmap import FILTERS, Entry, matching
from runner.verify.verdict import settled
from runner.watch.state import (
    UNKNOWN,
    Desk,
    EditorEnded,
    Effect,
    Ended,
    Enter,
    Entered,
    Event,
    HintRead,
    Key,
    ListView,
    Look,
    Looked,
    Moved,
    OpenEditor,
    Quit,
    ReadHint,
    ReadSolution,
    Ready,
    Record,
    Recorded,
    Reset,
    Result,
    Saved,
    SolutionRead,
    Starting,
    StartRun,
    State,
    Told,
)

Step = tuple[State, list[Effect]]
PAGE = 10
"""Lines that page up and page down move by."""


def reduce(state: State, event: Event) -> Step:
    """The state after EVENT, and the effects that it asks for."""
    return HANDLERS[type(event)](state, event)


def _saved(state: State, event: Saved) -> Step:
    if event.content == state.content and (state.running or state.verdict):
        return state, []
    state = replace(_cleared(state), content=event.content, running=True)
    return (state if state.view == "list" else replace(state, view="main", scroll=0)), [StartRun()]


def _cleared(state: State) -> State:
    """STATE without what belonged to the content before."""
    return replace(
        state,
        results=(),
        verdict=None,
        recorded=False,
        completed=0,
        copied="",
        passed_now=False,
        notice="",
        hint_held=False,
        hint_new=False,
    )


def _starting(state: State, event: Starting) -> Step:
    return replace(state, starting=event.servers), []


def _ready(state: State, event: Ready) -> Step:
    return replace(state, starting=(), claims=event.claims), []


def _result(state: State, event: Result) -> Step:
    return replace(state, results=(*state.results, event.result)), []


def _ended(state: State, event: Ended) -> Step:
    if event.verdict.content not in ("", state.content):
        return state, [Look(event.verdict)]
    return _judged(state, event)


def _looked(state: State, event: Looked) -> Step:
    """Run again: the copy was taken amid a save. Seen twice, the other content is all that a copy can hold."""
    if event.content != state.content:
        return _saved(state, Saved(event.content))
    if event.verdict.content != state.copied:
        return replace(_cleared(state), running=True, copied=event.verdict.content), [StartRun()]
    return _judged(state, Ended(event.verdict))


def _judged(state: State, event: Ended) -> Step:
    verdict = event.verdict
    before = state.desk
    done = before.exercise.manifest.stages_done(settled(verdict.checks))
    desk = replace(before, passed=before.passed or verdict.passed, stages_done=max(done, before.stages_done))
    state = replace(state, desk=desk, running=False, verdict=verdict, results=verdict.checks, passed_now=verdict.passed)
    return replace(state, completed=done if done > before.stages_done else 0), [Record(verdict)]


def _recorded(state: State, event: Recorded) -> Step:
    state = replace(state, summary=event.summary, following=event.following, recorded=True)
    state = _with_list(state, cursor=max(0, min(state.listing.cursor, len(listed(state)) - 1)))
    if state.auto_next and state.passed_now and state.following:
        return state, [_enter(state.following)]
    return state, []


def _enter(exercise: Any, jump: bool = False) -> Enter:
    return Enter(exercise.pack, exercise.id, jump)


def _entered(state: State, event: Entered) -> Step:
    state = replace(
        _cleared(state),
        desk=event.desk,
        summary=event.summary,
        following=event.following,
        content=event.content,
        starting=(),
        claims=(),
        running=True,
        view="main",
        scroll=0,
        show_hints=False,
        hint_new=False,
        notice=event.notice,
    )
    return state, [StartRun()]


def _hint_read(state: State, event: HintRead) -> Step:
    desk: Desk = replace(state.desk, hints=event.hints)
    return replace(state, desk=desk, show_hints=True, hint_held=event.held, hint_new=True, scroll=0), []


def _solution_read(state: State, event: SolutionRead) -> Step:
    return replace(state, routes=event.routes, view="solution", scroll=0), []


def _told(state: State, event: Told) -> Step:
    return replace(state, notice=event.notice), []


def _editor_ended(state: State, event: EditorEnded) -> Step:
    return replace(state, suspended=False, notice=event.notice), []


def _moved(state: State, event: Moved) -> Step:
    if (event.pack, event.exercise) == (state.desk.exercise.pack, state.desk.exercise.id):
        return state, []
    return state, [Enter(event.pack, event.exercise, jump=True)]


# Keys


def _key(state: State, event: Key) -> Step:
    if state.view == "list":
        return _list_key(state, event.name)
    if state.view == "reset":
        return _reset_key(state, event.name)
    if event.name in SCROLLS:
        # From where the page is seen to be: another size of the window may have moved it.
        scroll = SCROLLS[event.name](min(state.scroll, event.lowest))
        return replace(state, scroll=max(0, min(scroll, event.lowest))), []
    if state.view != "main" and event.name in ("escape", "enter"):
        return replace(state, view="main", scroll=0), []
    for key in keys(state):
        if event.name == key.key:
            return key.action(state)
    return state, []


SCROLLS: dict[str, Callable[[int], int]] = {
    "up": lambda scroll: scroll - 1,
    "down": lambda scroll: scroll + 1,
    "page_up": lambda scroll: scroll - PAGE,
    "page_down": lambda scroll: scroll + PAGE,
    "home": lambda scroll: 0,
    "end": lambda scroll: UNKNOWN,
}


class Binding:
    """A key that does something now: its name, its word in the prompt, and what it does."""

    def __init__(self, key: str, word: str, action: Callable[[State], Step]) -> None:
        self.key = key
        self.word = word
        self.action = action


def keys(state: State) -> list[Binding]:
    """The keys that do something in STATE, outside the list and the question of a reset; the prompt shows them."""
    found: list[Binding] = []
    if state.passed_now and state.following:
        following = state.following
        found.append(Binding("n", "next", lambda state: (state, [_enter(following)])))
    found.append(Binding("r", "run again", _run_again))
    if state.view == "main" and not state.passed_now:
        found.append(Binding("h", "hint", _toggle_hint))
    found.append(_page_key("b", "brief", state))
    found.append(Binding("l", "list", _open_list))
    if state.may_see_solution:
        found.append(
            Binding("s", "solution", lambda state: (state, [ReadSolution()]))
            if state.view != "solution"
            else Binding("s", "back", _main)
        )
    if state.desk.files:
        found.append(Binding("e", "edit", _edit))
    found.append(Binding("x", "reset", lambda state: (replace(state, view="reset"), [])))
    found.append(Binding("q", "quit", lambda state: (state, [Quit()])))
    return found


def _page_key(key: str, view: str, state: State) -> Binding:
    if state.view == view:
        return Binding(key, "back", _main)
    return Binding(key, view, lambda state: (replace(state, view=view, scroll=0), []))


def _main(state: State) -> Step:
    return replace(state, view="main", scroll=0), []


def _run_again(state: State) -> Step:
    return replace(_cleared(state), running=True, view="main", scroll=0), [StartRun()]


def _toggle_hint(state: State) -> Step:
    """Show the hints; while they are shown, ask for the next one, or hide them when it must wait."""
    if state.show_hints and (state.hint_held or len(state.desk.hints) == len(state.desk.exercise.manifest.hints)):
        return replace(state, show_hints=False, hint_held=False, hint_new=False, scroll=0), []
    return state, [ReadHint()]


def _edit(state: State) -> Step:
    return replace(state, suspended=True), [OpenEditor()]


def _open_list(state: State) -> Step:
    entries = matching(state.summary.entries, "all", "")
    here = [index for index, each in enumerate(entries) if each.id == state.desk.exercise.id]
    return replace(state, view="list", listing=ListView(cursor=here[0] if here else 0)), []


def _reset_key(state: State, key: str) -> Step:
    if key in ("y", "Y"):
        return replace(state, view="main"), [Reset()]
    return replace(state, view="main", notice="Nothing was reset."), []


def listed(state: State) -> list[Entry]:
    """The entries that the list shows."""
    return matching(state.summary.entries, state.listing.show, state.listing.query)


def _list_key(state: State, key: str) -> Step:
    if state.listing.typing:
        return _search_key(state, key), []
    entries = listed(state)
    if key in LIST_MOVES and entries:
        cursor = min(len(entries) - 1, max(0, LIST_MOVES[key](state.listing.cursor, len(entries))))
        return _with_list(state, cursor=cursor), []
    if key == "/":
        return _with_list(state, typing=True, query="", cursor=0), []
    if key == "f":
        following = FILTERS[(FILTERS.index(state.listing.show) + 1) % len(FILTERS)]
        return _with_list(state, show=following, cursor=0), []
    if key == "enter" and entries:
        chosen = entries[state.listing.cursor]
        return replace(state, view="main"), [Enter(chosen.pack, chosen.id, jump=True)]
    if key in ("l", "escape"):
        return _main(state)
    return (state, [Quit()]) if key == "q" else (state, [])


LIST_MOVES: dict[str, Callable[[int, int], int]] = {
    "up": lambda cursor, count: cursor - 1,
    "k": lambda cursor, count: cursor - 1,
    "down": lambda cursor, count: cursor + 1,
    "j": lambda cursor, count: cursor + 1,
    "page_up": lambda cursor, count: cursor - PAGE,
    "page_down": lambda cursor, count: cursor + PAGE,
    "home": lambda cursor, count: 0,
    "g": lambda cursor, count: 0,
    "end": lambda cursor, count: count - 1,
    "G": lambda cursor, count: count - 1,
}


def _search_key(state: State, key: str) -> State:
    query = state.listing.query
    if key == "enter":
        return _with_list(state, typing=False)
    if key == "escape":
        return _with_list(state, typing=False, query="", cursor=0)
    if key == "backspace":
        return _with_list(state, query=query[:-1], cursor=0)
    return _with_list(state, query=query + key, cursor=0) if len(key) == 1 and key.isprintable() else state


def _with_list(state: State, **changes: Any) -> State:
    return replace(state, listing=replace(state.listing, **changes))


HANDLERS: dict[type, Callable[[State, Any], Step]] = {
    Saved: _saved,
    Looked: _looked,
    Starting: _starting,
    Ready: _ready,
    Result: _result,
    Ended: _ended,
    Recorded: _recorded,
    Entered: _entered,
    HintRead: _hint_read,
    SolutionRead: _solution_read,
    Key: _key,
    Told: _told,
    EditorEnded: _editor_ended,
    Moved: _moved,
}

"""What each event and each key does, in every state: no files, no processes, no clock."""

import string
from dataclasses import replace

import pytest

from runner.packs.models import CheckSpec
from runner.screen.console import Painter
from runner.verify.verdict import CheckResult
from runner.watch.frame import draw
from runner.watch.reduce import PAGE, keys, listed
from runner.watch.state import (
    EditorEnded,
    Ended,
    Enter,
    Entered,
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
    StartRun,
    State,
    Told,
)
from tests.watch.desk import (
    CLAIMS,
    ENTRIES,
    after,
    desk,
    entry,
    exercise,
    failed,
    passed,
    press,
    start,
    summary,
    verdict,
)


def names(state: State) -> list[str]:
    return [each.key for each in keys(state)]


# Saves and verdicts


def test_a_save_starts_a_run_and_forgets_what_belonged_to_the_content_before():
    state, effects = after(passed(notice="old news", hint_held=True, scroll=5), Saved("newer"))
    assert effects == [StartRun()]
    assert (state.content, state.running, state.verdict, state.results) == ("newer", True, None, ())
    assert (state.passed_now, state.notice, state.hint_held, state.scroll) == (False, "", False, 0)


def test_a_save_during_a_run_starts_another_one():
    state, effects = after(start(running=True), Saved("newer"), Saved("newest"))
    assert effects == [StartRun(), StartRun()]
    assert state.content == "newest"


@pytest.mark.parametrize("state", [start(running=True), failed(), passed()])
def test_a_save_of_the_content_that_is_judged_or_being_judged_is_none(state):
    assert after(state, Saved(state.content)) == (state, [])


@pytest.mark.parametrize("view", ["brief", "solution", "reset"])
def test_a_save_brings_the_verdict_to_the_front(view):
    state, _ = after(passed(view=view, scroll=3), Saved("newer"))
    assert (state.view, state.scroll) == ("main", 0)


def test_a_save_leaves_the_list_as_it_is():
    listing = ListView(show="open", query="a", cursor=1)
    state, effects = after(failed(view="list", listing=listing), Saved("newer"))
    assert (state.view, state.listing) == ("list", listing)
    assert effects == [StartRun()]


def test_claims_and_results_come_one_by_one():
    one = CheckResult("doubles", "double(n) returns 2 times n", "passed")
    two = CheckResult("doubles-zero", "double(0) returns 0", "failed")
    state, effects = after(start(claims=(), running=True), Ready(CLAIMS), Result(one), Result(two))
    assert (state.claims, state.results, effects) == (CLAIMS, (one, two), [])
    assert state.running and state.verdict is None


@pytest.mark.parametrize("status", ["passed", "failed", "crashed", "timeout", "overlimit", "blocked", "error"])
def test_a_verdict_on_the_content_as_it_is_is_shown_and_recorded(status):
    said = verdict("new", status)
    state, effects = after(start(running=True, notice="A word."), Ended(said))
    assert (state.verdict, state.running, state.results) == (said, False, said.checks)
    assert (state.recorded, state.notice) == (False, "A word.")
    assert state.passed_now == (status == "passed")
    assert effects == [Record(said)]


def test_a_verdict_on_no_content_is_shown():
    # Nothing was copied, because an engine is missing or the checks themselves failed.
    for status in ("blocked", "error"):
        said = verdict("", status)
        state, effects = after(start(running=True), Ended(said))
        assert (state.verdict, effects) == (said, [Record(said)])


def test_a_verdict_on_another_content_is_looked_at_again_and_not_shown():
    said = verdict("older")
    state, effects = after(start(running=True), Ended(said))
    assert effects == [Look(said)]
    assert (state.verdict, state.passed_now, state.running) == (None, False, True)


def test_a_verdict_on_another_content_is_not_shown_when_the_files_are_newer_still():
    said = verdict("older")
    state, effects = after(start(running=True), Ended(said), Looked("newer", said))
    assert effects == [Look(said), StartRun()]
    assert (state.content, state.verdict, state.running) == ("newer", None, True)


def test_a_verdict_on_another_content_is_not_shown_when_the_files_are_back_as_they_were():
    # The copy was taken while an editor had the file half written.
    said = verdict("half")
    state, effects = after(start(running=True), Ended(said), Looked("new", said))
    assert effects == [Look(said), StartRun()]
    assert (state.content, state.verdict, state.passed_now, state.running) == ("new", None, False, True)


def test_a_copy_that_always_differs_ends_in_a_verdict_and_not_in_runs_without_end():
    said = verdict("copied otherwise")
    state, effects = after(start(running=True), Ended(said), Looked("new", said), Ended(said), Looked("new", said))
    assert effects == [Look(said), StartRun(), Look(said), Record(said)]
    assert (state.verdict, state.running) == (said, False)


def test_a_verdict_on_what_the_files_are_now_is_shown():
    # The files became what was judged between the copy and the last look at them.
    said = verdict("newer")
    state, effects = after(start(running=True), Ended(said), Looked("newer", said))
    assert state.content == "newer"
    assert state.verdict in (None, said)
    assert effects[-1] in (StartRun(), Record(said))


def test_recorded_rows_and_the_next_exercise_are_taken():
    rows, following = summary(ENTRIES[:2]), exercise("lower", "shell")
    state, effects = after(passed(), Recorded(rows, following))
    assert (state.summary, state.following, state.recorded, effects) == (rows, following, True, [])


def test_passing_does_not_jump_ahead():
    state, effects = after(start(running=True), Ended(verdict()), Recorded(summary(), exercise("upper", "shell")))
    assert effects == [Record(verdict())]
    assert state.desk.exercise.id == "start/double"


def test_auto_next_goes_on_after_a_pass_and_only_then():
    following = exercise("upper", "shell")
    _, effects = after(start(running=True, auto_next=True), Ended(verdict()), Recorded(summary(), following))
    assert effects == [Record(verdict()), Enter("tiny", "shell/upper")]
    _, effects = after(failed(auto_next=True), Recorded(summary(), following))
    assert effects == []
    _, effects = after(passed(auto_next=True), Recorded(summary(), None))
    assert effects == []


def test_entering_an_exercise_begins_afresh():
    there = desk(exercise("upper", "shell"))
    before = passed(view="list", scroll=4, show_hints=True, hint_held=True, auto_next=True)
    state, effects = after(before, Entered(there, summary(), None, "its content", "A word."))
    assert effects == [StartRun()]
    assert (state.desk, state.content, state.following, state.notice) == (there, "its content", None, "A word.")
    assert (state.claims, state.results, state.verdict, state.passed_now) == ((), (), None, False)
    assert (state.view, state.scroll, state.show_hints, state.hint_held, state.running) == (
        "main",
        0,
        False,
        False,
        True,
    )
    assert state.auto_next


def test_another_program_moves_the_place():
    assert after(failed(), Moved("tiny", "start/double")) == (failed(), [])
    state, effects = after(failed(), Moved("tiny", "shell/upper"))
    assert effects == [Enter("tiny", "shell/upper", jump=True)]
    assert state == failed()


def test_what_is_told_is_shown_until_the_next_save():
    state, _ = after(failed(), Told("Mind the gap."))
    assert state.notice == "Mind the gap."
    assert after(state, Saved("newer"))[0].notice == ""


# Keys


def everyday_states() -> list[State]:
    views = [replace(state, view=view) for state in (failed(), passed()) for view in ("main", "brief")]
    return [
        *views,
        passed(view="solution"),
        start(running=True),
        start(claims=(), running=True),
        failed(desk=desk(files=())),
        failed(desk=desk(passed=True)),
        failed(desk=desk(hints=exercise().manifest.hints), show_hints=True),
        failed(desk=desk(hints=("Look here.",)), show_hints=True, hint_held=True),
        passed(following=None),
    ]


@pytest.mark.parametrize("state", everyday_states())
def test_every_key_of_the_prompt_does_something_and_no_other_letter_does(state):
    shown = names(state)
    assert len(shown) == len(set(shown))
    for name in string.ascii_letters + string.digits + string.punctuation + " ":
        changed = press(state, name) != (state, [])
        assert changed == (name in shown), name


def test_the_prompt_after_a_failure_and_after_a_pass():
    assert names(failed()) == ["r", "h", "b", "l", "e", "x", "q"]
    assert names(passed()) == ["n", "r", "b", "l", "s", "e", "x", "q"]
    assert names(passed(following=None)) == ["r", "b", "l", "s", "e", "x", "q"]


def test_n_goes_to_the_next_exercise_and_jumps_no_lock():
    assert press(passed(), "n") == (passed(), [Enter("tiny", "shell/upper", jump=False)])
    assert press(failed(), "n") == (failed(), [])
    assert press(passed(following=None), "n") == (passed(following=None), [])


def test_r_runs_again():
    state, effects = press(failed(view="brief", scroll=2), "r")
    assert effects == [StartRun()]
    assert (state.running, state.verdict, state.results, state.view, state.scroll) == (True, None, (), "main", 0)
    assert state.content == "new"


def test_h_reads_hints_one_by_one_and_then_hides_them():
    state, effects = press(failed(), "h")
    assert effects == [ReadHint()]
    state, _ = after(state, HintRead(("Look here.",), held=False))
    assert state.show_hints and state.desk.hints == ("Look here.",)
    state, effects = press(state, "h")
    assert effects == [ReadHint()]
    state, _ = after(state, HintRead(("Look here.",), held=True))
    assert state.show_hints and state.hint_held
    state, effects = press(state, "h")
    assert effects == [] and not state.show_hints and not state.hint_held
    assert press(state, "h")[1] == [ReadHint()]


def test_h_hides_the_hints_when_all_are_read():
    everything = exercise().manifest.hints
    state, effects = press(failed(desk=desk(hints=everything), show_hints=True), "h")
    assert effects == [] and not state.show_hints


def test_a_save_lets_the_next_hint_come():
    held = failed(desk=desk(hints=("Look here.",)), show_hints=True, hint_held=True)
    state, _ = after(held, Saved("newer"), Ended(verdict("newer", "failed")))
    assert state.show_hints
    assert press(state, "h")[1] == [ReadHint()]


@pytest.mark.parametrize("back", ["b", "escape", "enter"])
def test_b_shows_the_brief_and_hides_it(back):
    state, effects = press(failed(scroll=3), "b")
    assert (state.view, state.scroll, effects) == ("brief", 0, [])
    state, effects = press(state, "down", back)
    assert (state.view, state.scroll, effects) == ("main", 0, [])


def test_s_reads_the_solution_after_a_pass_only():
    assert press(failed(), "s") == (failed(), [])
    assert press(start(running=True), "s")[1] == []
    assert press(passed(), "s") == (passed(), [ReadSolution()])


def test_s_shows_the_solution_of_what_was_passed_another_day():
    assert press(failed(desk=desk(passed=True)), "s")[1] == [ReadSolution()]


def test_s_stays_after_a_pass_that_a_later_save_undid():
    state, _ = after(start(running=True), Ended(verdict()), Saved("newer"), Ended(verdict("newer", "failed")))
    assert "s" in names(state)


def test_the_solution_is_a_page_to_come_back_from():
    state, effects = after(passed(scroll=4), SolutionRead(()))
    assert (state.view, state.scroll, effects) == ("solution", 0, [])
    for back in ("s", "escape", "enter"):
        assert press(state, back)[0].view == "main"


def test_e_opens_the_editor_and_gives_the_screen_away_until_it_ends():
    state, effects = press(failed(), "e")
    assert effects == [OpenEditor()] and state.suspended
    state, effects = after(state, Saved("newer"), Ended(verdict("newer")))
    assert state.suspended
    state, effects = after(state, EditorEnded("No such editor."))
    assert (state.suspended, state.notice, effects) == (False, "No such editor.", [])


def test_e_is_not_there_without_a_file_to_edit():
    nothing = failed(desk=desk(files=()))
    assert "e" not in names(nothing)
    assert press(nothing, "e") == (nothing, [])


@pytest.mark.parametrize("yes", ["y", "Y"])
def test_x_asks_before_it_resets(yes):
    state, effects = press(failed(), "x")
    assert (state.view, effects) == ("reset", [])
    state, effects = press(state, yes)
    assert (state.view, effects) == ("main", [Reset()])


@pytest.mark.parametrize("other", ["n", "x", "q", "enter", "escape", "up", " "])
def test_any_other_key_resets_nothing(other):
    state, effects = press(failed(), "x", other)
    assert (state.view, state.notice, effects) == ("main", "Nothing was reset.", [])


def test_q_quits_from_every_view():
    for view in ("main", "brief", "list"):
        assert press(failed(view=view), "q")[1] == [Quit()]
    assert press(passed(view="solution"), "q")[1] == [Quit()]


def test_arrows_scroll_and_never_above_the_first_line():
    state, effects = press(failed(), "down", "down", "up", "page_down")
    assert (state.scroll, effects) == (1 + PAGE, [])
    assert press(state, "page_up", "page_up", "up")[0].scroll == 0
    assert press(state, "home")[0].scroll == 0


def test_past_the_end_of_a_page_nothing_is_counted():
    state, _ = after(failed(), *[Key("page_down", 7)] * 3)
    assert state.scroll == 7
    assert after(state, Key("up", 7))[0].scroll == 6
    assert after(state, Key("end", 7), Key("down", 7), Key("up", 7))[0].scroll == 6
    # In a higher window the same page ends earlier.
    assert after(state, Key("up", 3))[0].scroll == 2
    assert after(state, Key("down", 0))[0].scroll == 0


def test_unknown_keys_do_nothing():
    for state in (failed(), failed(view="brief"), failed(view="list")):
        for name in ("KEY_F1", "z", "", "é", "\x00"):
            assert press(state, name) == (state, [])


# The list


def in_list(**parts: object) -> State:
    state, effects = press(failed(**parts), "l")
    assert (state.view, effects) == ("list", [])
    return state


def shown(state: State) -> list[str]:
    return [each.id for each in listed(state)]


def test_the_list_opens_at_the_current_exercise():
    assert in_list().listing.cursor == 0
    assert in_list(desk=desk(exercise("upper", "shell"))).listing.cursor == 2


def test_the_list_forgets_the_last_search():
    state, _ = press(in_list(), "/", "g", "i", "t", "enter", "l", "l")
    assert state.listing == ListView()


@pytest.mark.parametrize(
    ("moves", "cursor"),
    [
        (["down"], 1),
        (["j", "j"], 2),
        (["down", "up"], 0),
        (["j", "k", "k"], 0),
        (["end"], 4),
        (["G", "down"], 4),
        (["G", "home"], 0),
        (["G", "g"], 0),
        (["page_down"], 4),
        (["G", "page_up"], 0),
    ],
)
def test_moving_in_the_list(moves, cursor):
    assert press(in_list(), *moves)[0].listing.cursor == cursor


def test_f_shows_one_state_after_the_other():
    state, seen = in_list(), []
    for _ in range(5):
        seen.append(shown(state))
        state, _ = press(state, "j", "f")
        assert state.listing.cursor == 0
    everything = [each.id for each in ENTRIES]
    assert seen == [
        everything,
        ["start/double", "shell/upper"],
        ["start/triple"],
        ["shell/lower"],
        ["git/one-commit"],
    ]
    assert shown(state) == everything


def test_searching_takes_every_letter_as_text():
    state, effects = press(in_list(), "/", *"Lqx", "backspace", "backspace", *"ETTERS")
    assert (state.listing.query, effects) == ("LETTERS", [])
    assert shown(state) == ["shell/upper", "shell/lower"]
    state, effects = press(state, "enter")
    assert not state.listing.typing and effects == []
    assert shown(state) == ["shell/upper", "shell/lower"]
    assert press(state, "j", "enter")[1] == [Enter("tiny", "shell/lower", jump=True)]


def test_escape_clears_the_search():
    state, _ = press(in_list(), "/", *"git", "escape")
    assert (state.listing.query, state.listing.typing, state.view) == ("", False, "list")


def test_controls_are_no_text_of_a_search():
    state, _ = press(failed(view="list"), "/", "a", "\x07", "\x9b", "\u202e", "b")
    assert state.listing.query == "ab"


def test_keys_with_names_are_no_text_of_a_search():
    state, _ = press(in_list(), "/", "up", "page_down", "KEY_F5", "a")
    assert state.listing.query == "a"


def test_enter_goes_to_the_exercise_even_where_it_is_locked():
    state, effects = press(in_list(), "G", "enter")
    assert effects == [Enter("tiny", "git/one-commit", jump=True)]
    assert state.view == "main"


def test_enter_does_nothing_where_nothing_matches():
    state, _ = press(in_list(), "/", *"nothing like it", "enter")
    assert shown(state) == []
    for name in ("enter", "up", "down", "G", "page_up"):
        assert press(state, name) == (state, [])


def test_a_verdict_that_shortens_the_list_leaves_the_cursor_inside():
    state, _ = press(in_list(), "f", "G")
    assert (shown(state), state.listing.cursor) == (["start/double", "shell/upper"], 1)
    fewer = (entry("start/double", "passed"), *ENTRIES[1:])
    state, _ = after(state, Recorded(summary(fewer), None))
    assert shown(state) == ["shell/upper"]
    assert press(state, "enter")[1] == [Enter("tiny", "shell/upper", jump=True)]


@pytest.mark.parametrize("back", ["l", "escape"])
def test_leaving_the_list(back):
    state, effects = press(in_list(), "j", back)
    assert (state.view, effects) == ("main", [])


# Stages


def test_the_save_that_completes_a_stage_is_known_once():
    of = exercise()
    checks = (CheckSpec("doubles"), CheckSpec("doubles-zero", stage=2))
    of = replace(of, manifest=replace(of.manifest, checks=checks, stages=("Numbers", "Zero")))
    half = tuple(CheckResult(name, name, end) for name, end in (("doubles", "passed"), ("doubles-zero", "failed")))
    none = tuple(CheckResult(name, name, end) for name, end in (("doubles", "failed"), ("doubles-zero", "skipped")))
    state = start(desk=desk(of), running=True)
    state, _ = after(state, Ended(verdict("new", "failed", checks=none)))
    assert (state.completed, state.desk.stages_done) == (0, 0)
    state, _ = after(state, Saved("2"), Ended(verdict("2", "failed", checks=half)))
    assert (state.completed, state.desk.stages_done) == (1, 1)
    state, _ = after(state, Saved("3"))
    assert (state.completed, state.desk.stages_done) == (0, 1)
    for content, checks_now in (("3", half), ("4", none), ("5", half)):
        state, _ = after(state, Saved(content), Ended(verdict(content, "failed", checks=checks_now)))
        assert (state.completed, state.desk.stages_done) == (0, 1), "what was reached stays open, and is told once"
    seen = "\n".join(draw(replace(state, completed=1), Painter("utf-8", color=False), 80, 24).lines)
    assert "stage 1 of 2 is complete: Numbers" in seen
    assert "stage 2 of 2: Zero" in seen


def test_a_staged_brief_opens_with_its_stages():
    of = exercise()
    of = replace(of, manifest=replace(of.manifest, stages=("Numbers", "Zero")))
    brief = "# Double\n\n## Stage 1: Numbers\n\nfirst\n\n## Stage 2: Zero\n\nsecond\n"
    for done, there in ((0, False), (1, True)):
        state = failed(view="brief", desk=desk(of, brief=brief, stages_done=done))
        seen = "\n".join(draw(state, Painter("utf-8", color=False), 80, 24).lines)
        assert "first" in seen and ("second" in seen) == there

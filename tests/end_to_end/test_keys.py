"""Every key of `learn watch` does what the prompt says, while the real program runs."""

import json
import shlex
import sys
from pathlib import Path

from tests.end_to_end.driver import HIDE_CURSOR, SHOW_CURSOR, until

EDITOR = """import sys
from pathlib import Path

input("EDITOR AT WORK ")
path = Path(sys.argv[1])
path.write_text(path.read_text().replace("None", "n * 2"))
"""


def history(root: Path) -> list[dict]:
    try:
        return [json.loads(line) for line in (root / ".learn" / "history.jsonl").read_text().splitlines()]
    except FileNotFoundError:
        return []


def test_r_runs_again(watch, root):
    window = watch()
    window.wait_for_verdict("not yet")
    until(lambda: len(history(root)) == 1, lambda: f"one attempt: {history(root)}")
    window.send("r")
    until(lambda: len(history(root)) == 2, lambda: f"two attempts: {history(root)}")
    window.wait_for_verdict("not yet")
    first, second = history(root)
    assert first["content"] == second["content"]


def test_h_shows_the_hints_one_a_save(watch, double, wrong):
    window = watch()
    window.wait_for_verdict("not yet", "h hint")
    window.send("h")
    window.wait_for("Look at the line with the TODO.")
    window.send("h")
    window.wait_for("The next hint is ready after your next save.")
    window.send("h")
    window.wait_for("not yet", gone=["Look at the line with the TODO."])
    window.send("h")
    window.wait_for("Look at the line with the TODO.", gone=["The idea is in the title."])
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "got      23")
    window.send("h")
    window.wait_for("Look at the line with the TODO.", "The idea is in the title.")


def test_b_shows_the_brief_and_arrows_scroll_it(watch):
    window = watch(height=14)
    window.wait_for_verdict("not yet")
    window.send("b")
    window.wait_for("Goal.", "more lines: use the arrow keys", "b back", gone=["not yet"])
    title = window.lines()[:3]
    window.send("down")
    until(lambda: window.lines()[:2] == title[1:], lambda: f"one line further\n{window.text()}")
    window.send("up")
    until(lambda: window.lines()[:3] == title, lambda: f"one line back\n{window.text()}")
    window.send("page_down")
    window.wait_for("Python's tutorial", "the arrow keys go back up", gone=["Goal."])
    window.send("page_down", "page_down", "down", "end")
    window.send("up")
    window.wait_for("(1 more lines: use the arrow keys)")
    window.send("home")
    window.wait_for("Goal.")
    window.send("b")
    window.wait_for_verdict("not yet")
    window.send("b")
    window.wait_for("Goal.")
    window.send("escape")
    window.wait_for_verdict("not yet")


def test_l_moves_filters_searches_and_jumps(watch, root):
    window = watch()
    window.wait_for_verdict("not yet")

    def cursor() -> str:
        return next((line for line in window.lines() if line.startswith("▶")), "")

    def cursor_at(exercise: str) -> None:
        until(lambda: exercise in cursor(), lambda: f"the cursor at {exercise}\n{window.text()}")

    window.send("l")
    window.wait_for("3 exercises, showing all", "start/double", "shell/upper", "git/one-commit", "(here)")
    cursor_at("start/double")
    window.send("down")
    cursor_at("shell/upper")
    window.send("j")
    cursor_at("git/one-commit")
    window.send("up")
    cursor_at("shell/upper")
    window.send("g")
    cursor_at("start/double")
    window.send("end")
    cursor_at("git/one-commit")
    window.send("home")
    cursor_at("start/double")
    window.send("f")
    window.wait_for("1 exercises, showing open", gone=["git/one-commit"])
    window.send("f", "f", "f")
    window.wait_for("2 exercises, showing locked", gone=["start/double"])
    window.send("f")
    window.wait_for("3 exercises, showing all")
    window.send("/", "q", "x", "backspace", "backspace", "commit")
    window.wait_for("1 exercises, showing all  search: commit_", "enter keep")
    window.send("escape")
    window.wait_for("3 exercises, showing all", gone=["search:"])
    window.send("/", "upper", "enter")
    window.wait_for("search: upper", gone=["upper_"])
    window.send("enter")
    window.wait_for_verdict("not yet", "shell/upper", "upper.sh")
    assert (root / "shell" / "upper" / "upper.sh").is_file()
    window.send("l")
    window.wait_for("showing all")
    window.send("l")
    window.wait_for_verdict("not yet")


def test_s_is_there_after_a_pass_and_shows_a_right_answer_with_what_differs_from_ones_own(watch, double):
    window = watch()
    shown = window.wait_for_verdict("not yet")
    assert "s solution" not in shown
    window.send("s")
    double.write_text("def double(n):\n    return n + n\n")
    window.wait_for_verdict("passed", "s solution")
    window.send("s")
    window.wait_for("times: double.py", "+     return n * 2", "s back")
    window.send("s")
    window.wait_for_verdict("passed", "2 of 2 checks pass")


def test_e_opens_the_editor_which_has_the_terminal_to_itself(watch, tmp_path, double):
    script = tmp_path / "editor.py"
    script.write_text(EDITOR)
    window = watch(env={"EDITOR": shlex.join([sys.executable, str(script)])})
    window.wait_for_verdict("not yet")
    window.send("e")
    window.wait_for("EDITOR AT WORK")
    assert not window.in_alternate_screen() and window.cursor_visible()
    assert window.attributes() == window.settings
    begun = len(window.raw)
    window.send("qnlx\r")
    window.wait_for_verdict("passed", "2 of 2 checks pass")
    assert "n * 2" in double.read_text()
    assert window.in_alternate_screen() and not window.cursor_visible()
    assert window.raw[begun:].count(HIDE_CURSOR) == 1 and SHOW_CURSOR not in window.raw[begun:]


def test_e_with_no_such_editor_says_so(watch):
    window = watch(env={"VISUAL": "no-such-editor --wait"})
    window.wait_for_verdict("not yet")
    window.send("e")
    window.wait_for("no-such-editor could not be started", "set VISUAL")
    assert window.in_alternate_screen()
    window.send("b")
    window.wait_for("Goal.")


def test_x_asks_keeps_the_old_work_and_begins_again(watch, root, double, wrong):
    begun = double.read_text()
    window = watch()
    window.wait_for_verdict("not yet")
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "got      23")
    window.send("x")
    window.wait_for("Begin start/double again?", "y reset")
    window.send("n")
    window.wait_for("Nothing was reset.")
    assert double.read_text() == wrong
    window.send("x")
    window.wait_for("Begin start/double again?")
    window.send("y")
    window.wait_for_verdict("not yet", "Begun again.", "expected starting point")
    assert double.read_text() == begun
    assert [path.read_text() for path in root.glob(".learn/kept/*/double.py")] == [wrong]
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "got      23")


def test_n_does_nothing_before_a_pass(watch):
    window = watch()
    window.wait_for_verdict("not yet")
    window.send("n", "b")
    window.wait_for("Double a number", "Goal.")


def test_keys_are_live_while_checks_run(watch, double):
    window = watch()
    window.wait_for_verdict("not yet")
    double.write_text("def double(n):\n    while True:\n        pass\n")
    window.wait_for("... checking")
    window.send("b")
    window.wait_for("Goal.")
    window.send("l")
    window.wait_for("3 exercises")
    double.write_text("def double(n):\n    return n * 2\n")
    window.send("l")
    window.wait_for_verdict("passed", "2 of 2 checks pass")


def test_a_save_ends_the_run_that_is_under_way(watch, double, right):
    window = watch()
    window.wait_for_verdict("not yet")
    double.write_text("def double(n):\n    while True:\n        pass\n")
    window.wait_for("... checking")
    double.write_text(right)
    # The endless loop has six seconds; the pass does not wait for them.
    window.wait_for("passed", "2 of 2 checks pass", seconds=4)


def test_an_endless_loop_is_ended_and_named(watch, double):
    window = watch()
    window.wait_for_verdict("not yet")
    double.write_text("def double(n):\n    while True:\n        pass\n")
    window.wait_for("your program ran too long", "an endless loop")


def test_auto_next_goes_on_by_itself(watch, double, right):
    window = watch("--auto-next")
    window.wait_for_verdict("not yet")
    double.write_text(right)
    window.wait_for_verdict("not yet", "shell/upper", "upper.sh")


def test_q_quits_and_says_how_to_go_on(watch):
    window = watch()
    window.wait_for_verdict("not yet")
    window.send("q")
    assert window.ended() == 0
    assert window.lines()[0] == "You are at start/double. To go on: learn watch"

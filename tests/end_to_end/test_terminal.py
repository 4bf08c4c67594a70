"""The terminal is as it was, however the program ends; and the screen fits every window."""

import os
import re
import signal
import sys

import pytest
from wcwidth import wcswidth

from tests.end_to_end.driver import LEARN, Terminal, environment, no_process_left, processes, temporary_folders, until

ENDINGS = {
    "q": (lambda window: window.send("q"), 0),
    "Ctrl-C": (lambda window: window.send("ctrl-c"), 130),
    "SIGINT": (lambda window: os.kill(window.pid, signal.SIGINT), 130),
    "SIGTERM": (lambda window: os.kill(window.pid, signal.SIGTERM), 143),
    "SIGHUP": (lambda window: os.kill(window.pid, signal.SIGHUP), 129),
}


def is_as_before(window, tmp_path):
    assert not window.in_alternate_screen()
    assert window.cursor_visible()
    assert window.attributes() == window.settings
    no_process_left(tmp_path)
    assert temporary_folders(tmp_path) == []


@pytest.mark.parametrize(
    ("ending", "at_work"),
    [*((ending, False) for ending in ENDINGS), ("q", True), ("SIGTERM", True)],
    ids=lambda value: {True: "checking", False: "idle"}.get(value, value),
)
def test_the_terminal_is_as_it_was(watch, tmp_path, double, ending, at_work):
    window = watch()
    window.wait_for_verdict("not yet")
    assert window.in_alternate_screen() and not window.cursor_visible()
    assert window.attributes() != window.settings
    if at_work:
        double.write_text("def double(n):\n    while True:\n        pass\n")
        window.wait_for("... checking")
    end, code = ENDINGS[ending]
    end(window)
    assert window.ended() == code
    assert "Traceback" not in window.text()
    is_as_before(window, tmp_path)


def editor(tmp_path, code):
    script = tmp_path / "editor.py"
    script.write_text(code)
    return {"VISUAL": f"{sys.executable} {script}"}


def in_a_shell(root, tmp_path, **more):
    """An interactive shell, in which `"$LEARN" watch` is a job as it is for a learner."""
    env = environment(tmp_path, PS1="PROMPT> ", LEARN=str(LEARN), **more)
    shell = Terminal(["bash", "--norc", "--noprofile", "-i"], root, env)
    shell.wait_for("PROMPT>")
    shell.settings = shell.attributes()
    return shell


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["SIGTERM", "SIGHUP"])
def test_the_editor_neither_keeps_the_program_alive_nor_is_left(root, tmp_path, number):
    shell = in_a_shell(root, tmp_path, **editor(tmp_path, "input('EDITOR AT WORK ')\n"))
    try:
        shell.send('"$LEARN" watch; echo "ended with $?"\r')
        shell.wait_for("not yet")
        shell.send("e")
        shell.wait_for("EDITOR AT WORK")
        program = next(pid for pid, command in processes(tmp_path).items() if command.endswith("learn watch "))
        os.kill(program, number)
        shell.wait_for(f"ended with {128 + number}", "PROMPT>")
        until(lambda: list(processes(tmp_path)) == [shell.pid], lambda: f"left: {processes(tmp_path)}")
    finally:
        shell.close()


def test_ctrl_z_in_the_editor_and_fg(root, tmp_path, double, right):
    code = "import time\nprint('EDITOR AT WORK')\ninput()\nprint('EDITOR GOES ON')\ninput()\n"
    shell = in_a_shell(root, tmp_path, **editor(tmp_path, code))
    try:
        shell.send('"$LEARN" watch\r')
        shell.wait_for("not yet")
        shell.send("e")
        shell.wait_for("EDITOR AT WORK")
        shell.send("ctrl-z")
        shell.wait_for("Stopped")
        shell.send("fg\r")
        until(lambda: shell.text().count("watch") >= 3, lambda: f"the job goes on\n{shell.text()}")
        shell.send("\r")
        shell.wait_for("EDITOR GOES ON")
        assert not shell.in_alternate_screen()
        double.write_text(right)
        shell.send("\r")
        shell.wait_for("passed", "2 of 2 checks pass", "n next")
        assert shell.in_alternate_screen()
        shell.send("q")
        shell.wait_for("To go on: learn watch")
        until(lambda: list(processes(tmp_path)) == [shell.pid], lambda: f"left: {processes(tmp_path)}")
    finally:
        shell.close()


def test_ctrl_c_in_the_editor_is_the_editors(watch, tmp_path):
    code = "try:\n    input('EDITOR AT WORK ')\nexcept KeyboardInterrupt:\n    input('\\nTHE EDITOR GOES ON ')\n"
    window = watch(env=editor(tmp_path, code))
    window.wait_for_verdict("not yet")
    window.send("e")
    window.wait_for("EDITOR AT WORK")
    window.send("ctrl-c")
    window.wait_for("THE EDITOR GOES ON")
    window.send("\r")
    window.wait_for_verdict("not yet", "q quit")


def test_a_window_that_is_closed_leaves_nothing(watch, tmp_path):
    window = watch()
    window.wait_for_verdict("not yet")
    window.child.close(force=False)  # the kernel tells with SIGHUP, and every write fails from now on
    no_process_left(tmp_path)
    assert temporary_folders(tmp_path) == []


def test_ctrl_z_and_fg(root, tmp_path, double, wrong, right):
    shell = in_a_shell(root, tmp_path)
    try:
        shell.send('"$LEARN" watch; echo "ended with $?"\r')
        shell.wait_for("not yet", "expected starting point")
        double.write_text(wrong)
        shell.wait_for("not yet", "23")

        shell.send("ctrl-z")
        shell.wait_for("Stopped", "PROMPT>")
        assert not shell.in_alternate_screen() and shell.cursor_visible()
        until(lambda: shell.attributes() == shell.settings, lambda: "the shell's own settings")

        double.write_text(right)
        shell.send("fg\r")
        shell.wait_for("passed", "2 of 2 checks pass")
        assert shell.in_alternate_screen() and not shell.cursor_visible()
        shell.send("b")
        shell.wait_for("Goal.")
        shell.send("q")
        shell.wait_for("To go on: learn watch", "PROMPT>")
        until(lambda: shell.attributes() == shell.settings, lambda: "the shell's own settings")
        assert not shell.in_alternate_screen() and shell.cursor_visible()
        shell.send("exit\r")
        shell.ended()
    finally:
        shell.close()
    no_process_left(tmp_path)


def test_another_size_is_drawn_anew(watch, double, wrong):
    window = watch()
    window.wait_for_verdict("not yet", "q quit")
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "23")
    for width, height in ((100, 30), (60, 16), (40, 12), (80, 24)):
        window.resize(width, height)

        def fits(width=width, height=height):
            lines = window.lines()
            whole = len(lines) == height and "─" * width in lines
            return whole and lines[0].startswith("start/double ") and lines[-1].endswith("q quit")

        until(fits, lambda: f"the frame for the new size\n{window.text()}")


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 12), (132, 50)])
def test_every_view_fits_the_window(watch, double, right, width, height):
    window = watch(width=width, height=height)

    def fits(*words):
        window.wait_for(*words)
        lines = window.lines()
        assert len(lines) == height and all(wcswidth(line) <= width for line in lines)
        assert "─" * width in lines
        return lines

    fits("not yet", "q quit")
    window.send("b")
    fits("Goal.", "b back")
    window.send("b", "l")
    fits("showing all", "q quit")
    window.send("l", "x")
    fits("Begin start/double again?")
    window.send("n", "h")
    fits("Nothing was reset.")
    double.write_text(right)
    fits("passed", "2 of 2", "n next")
    window.send("s")
    fits("the same as yours", "q quit")


@pytest.mark.parametrize(
    "env",
    [
        pytest.param({"LANG": "C", "LC_ALL": "C"}, id="LANG=C"),
        pytest.param({"PYTHONIOENCODING": "ascii"}, id="ascii"),
        pytest.param({"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}, id="truly-ascii"),
        pytest.param({"TERM": "vt100"}, id="TERM=vt100"),
        pytest.param({"TERM": "no-such-terminal"}, id="TERM=unknown"),
        pytest.param({"NO_COLOR": "1"}, id="NO_COLOR"),
    ],
)
def test_poor_terminals(watch, double, right, env, tmp_path):
    window = watch(env=env)
    window.wait_for_verdict("not yet", "0 of 2 checks pass", "q quit")
    double.write_text("def double(n):\n    raise ValueError('Zoë 李 \\x1b[2J')\n", encoding="utf-8")
    window.wait_for_verdict("not yet", "ValueError: Zo", r"\x1b[2J")
    if "NO_COLOR" in env:
        assert not re.search(rb"\x1b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7])m", window.raw)
    if "PYTHONIOENCODING" in env or "PYTHONUTF8" in env:
        assert window.raw.isascii()
    double.write_text(right)
    window.wait_for_verdict("passed", "2 of 2 checks pass", "n next")
    window.send("q")
    assert window.ended() == 0
    is_as_before(window, tmp_path)


def test_a_dumb_terminal_gets_lines_without_codes(watch, double, right, tmp_path):
    window = watch(env={"TERM": "dumb"})
    window.wait_for("not yet", "expected starting point")
    double.write_text(right)
    window.wait_for("passed", "2 of 2 checks pass", "learn goto upper")
    assert b"\x1b" not in window.raw
    window.send("ctrl-c")
    assert window.ended() == 130
    is_as_before(window, tmp_path)


def test_no_code_that_wipes_the_scrollback_is_ever_sent(watch, double, right):
    window = watch()
    window.wait_for_verdict("not yet")
    window.send("l", "l", "b", "b")
    double.write_text(right)
    window.wait_for_verdict("passed")
    window.send("q")
    window.ended()
    assert b"\x1b[3J" not in window.raw and b"\x1bc" not in window.raw
    # What stood there before the program came is still there: the first thing it did was to take the other screen.
    assert window.raw.startswith(b"\x1b[?1049h")

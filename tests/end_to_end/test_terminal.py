"""The terminal is as it was, however the program ends; and the screen fits every window."""

import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys

import pyte
import pytest
from wcwidth import wcswidth

from tests.end_to_end.driver import (
    LEARN,
    Events,
    Terminal,
    Watch,
    environment,
    learn,
    no_process_left,
    processes,
    temporary_folders,
    until,
)
from tests.packs import change, exercise_folder
from tests.screen.test_output import TRICKS

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
    [*((ending, False) for ending in ENDINGS), ("q", True), ("Ctrl-C", True), ("SIGTERM", True)],
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
        shell.wait_for("not yet", "got      23")

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
    window.wait_for_verdict("not yet", "got      23")
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
    window.send("n")
    fits("Nothing was reset.")
    window.send("h")
    fits("Look at the line")
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


# Hostile text

ENTERING = rb"\x1b\[\?1049h\x1b\[\?25l\x1b\[\?7l\x1b\[2J"
LEAVING = rb"\x1b\[\?7h\x1b\[\?25h\x1b\[\?1049l"
OURS = re.compile(
    rb"%b|%b|\x1b\[\?2026[hl]|\x1b\[H|\x1b\[2K|\x1b\[[0-9;]*m|\x1b\]8;id=[0-9]+;file://[!-~]*\x1b\\|\x1b\]8;;\x1b\\"
    % (ENTERING, LEAVING)
)
"""Every code that the program itself has a use for."""

HOSTILE_OUTPUT = [text for trick, text in TRICKS.items() if trick != "half a pair"]
ROUNDS = 12


def only_our_codes(raw):
    """RAW, without the codes that are ours, is text and line ends alone."""
    left = OURS.sub(b"", raw).decode()
    return not re.search(r"[^\r\n]", "".join(each for each in left if not each.isprintable()))


@pytest.fixture
def talkative(root, tmp_path, pack_root):
    """At an exercise whose checks show what the script printed; its script."""
    checks = exercise_folder(pack_root, "shell/upper") / "checks" / "test_upper.py"
    code = checks.read_text()
    code = code.replace("got = shell.run", "result = shell.run").replace(
        "text).stdout\n", "text)\n    got = result.stdout\n"
    )
    code = code.replace('got=repr(got.rstrip("\\n"))', "got=got, stderr=result.stderr")
    assert code.count("result") == 3
    checks.write_text(code)
    assert learn(root, tmp_path, "goto", "upper").returncode == 0
    return root / "shell" / "upper" / "upper.sh"


def hostile_script(text, number, terminal=""):
    """A script that prints TEXT, and tries to write it past us to the TERMINAL that it was started from."""
    quoted = shlex.quote(text.replace("\0", ""))
    lines = [
        f"printf '%s\\n' {quoted}",
        f"printf '\\033[1;35mround {number}\\033[m\\n%s' {quoted} >&2",
        *(f"printf '%s' {quoted} >{shlex.quote(each)}" for each in ["/dev/tty", terminal] if each),
    ]
    return "{\n" + "\n".join(lines) + "\n} 2>&2\n"


def frame_is_whole(window):
    lines, height = window.lines(), window.screen.lines
    assert len(lines) == height
    assert lines[0].startswith("shell/upper  Capital letters") and lines[0].endswith("5 min"), window.text()
    assert lines[2].endswith("shell/upper/upper.sh") or lines[1].endswith("upper.sh"), window.text()
    (rule,) = [number for number, line in enumerate(lines) if line == "─" * window.screen.columns]
    assert lines[rule + 1].startswith("Basics ") and lines[-1].endswith("q quit"), window.text()
    last = window.screen.buffer[height - 1]
    key, word = last[lines[-1].rindex("q quit")], last[lines[-1].rindex("quit")]
    assert (key.fg, key.bg) == ("default", "default") and word == pyte.screens.Char("q")
    assert window.screen.title == window.screen.icon_name == ""
    assert window.screen.margins is None and window.screen.cursor.attrs == pyte.screens.Char(" ")
    assert window.in_alternate_screen() and not window.cursor_visible()


@pytest.mark.parametrize(("width", "height", "env"), [(80, 24, {}), (52, 40, {}), (80, 24, {"NO_COLOR": "1"})], ids=str)
def test_hostile_output_again_and_again_leaves_the_window_alone(watch, talkative, tmp_path, width, height, env):
    window = watch(width=width, height=height, env=env)
    window.wait_for_verdict("not yet", "q quit")
    modes, charset = set(window.screen.mode), window.screen.charset
    terminal = os.readlink(f"/proc/{window.pid}/fd/0")
    rng = random.Random(7)
    short = [text for text in HOSTILE_OUTPUT if len(text) < 80]  # so that the round is in sight
    for number in range(ROUNDS):
        text = "".join(rng.sample(short, 3)) if number else "\x1b[2J\x1b[1;1H\x1b]0;owned\x07\x1b[?1049l"
        talkative.write_text(hostile_script(text, number, terminal), encoding="utf-8")
        window.wait_for_verdict("not yet", "0 of 2 checks pass", f"round {number}")
        if not env and number == 0:
            row = next(number for number, line in enumerate(window.lines()) if "round 0" in line)
            cell = window.screen.buffer[row][window.lines()[row].index("round")]
            assert (cell.fg, cell.bold) == ("magenta", True), "the program's own colour"
        frame_is_whole(window)
        assert set(window.screen.mode) == modes and window.screen.charset == charset
    if env:
        assert not re.search(rb"\x1b\[[0-9;]*m", window.raw)
    talkative.write_text("printf '%s\\n' \"${1^^}\"\n")
    window.wait_for_verdict("passed", "2 of 2 checks pass")
    frame_is_whole(window)
    window.send("q")
    assert window.ended() == 0
    assert only_our_codes(window.raw)
    assert window.screen.title == "" and window.screen.mode == pyte.Screen(80, 24).mode
    is_as_before(window, tmp_path)


def test_a_flood_of_lines_does_not_make_the_window_slow(watch, talkative):
    window = watch(height=50)
    window.wait_for_verdict("not yet")
    for number, flood in enumerate(("seq 10000 >&2", "head -c 300000 /dev/zero | tr '\\0' x >&2")):
        talkative.write_text(f"echo round {number} >&2\n{flood}\n")
        window.wait_for("not yet", f"round {number}", "learn run -v", "q quit", gone=["... checking"], seconds=5)
        frame_is_whole(window)


def test_hostile_values_are_shown(watch, double, tmp_path):
    window = watch()
    window.wait_for_verdict("not yet")
    double.write_text("def double(n):\n    raise ValueError('\\x1b[2J\\x1b[31mred\\x1b]0;owned\\x07 \\u202e [red]')\n")
    window.wait_for_verdict("not yet", r"ValueError: \x1b[2J\x1b[31mred", r"\x1b]0;owned\x07 \u202e [red]")
    assert window.screen.title == ""
    window.send("q")
    assert window.ended() == 0
    assert only_our_codes(window.raw)


@pytest.mark.parametrize("command", [["run"], ["run", "-v"], ["check-all"], ["watch", "--plain"]], ids=" ".join)
@pytest.mark.parametrize("where", ["terminal", "pipe"])
def test_hostile_output_of_other_commands(root, tmp_path, talkative, command, where):
    talkative.write_text(hostile_script("".join(HOSTILE_OUTPUT)[-6000:], 1), encoding="utf-8")
    log = tmp_path / "log.txt"
    if where == "terminal":
        window = Terminal([str(LEARN), *command], root, environment(tmp_path))
        if command[0] == "watch":
            until(lambda: "○ two blanks" in window.text(), window.text)
            window.send("ctrl-c")
        window.ended()
        window.close()
        raw = window.raw
        assert window.screen.title == "" and window.screen.mode == pyte.Screen(80, 24).mode
        assert window.screen.cursor.attrs == pyte.screens.Char(" ")
        if command[0] != "check-all":
            assert b"\x1b[1;35mround 1" in raw
    else:
        with log.open("wb") as file:
            process = subprocess.Popen(
                [LEARN, *command],
                cwd=root,
                env=environment(tmp_path),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
            if command[0] == "watch":
                until(lambda: "○ two blanks" in log.read_text(), log.read_text)
                process.terminate()
            process.wait(30)
        raw = log.read_bytes()
        assert b"\x1b" not in raw
    assert only_our_codes(raw)
    if command[0] != "check-all":
        assert b"round 1" in raw


def test_hostile_output_in_json_is_what_was_printed_and_nothing_to_obey(root, tmp_path, talkative):
    text = "".join(HOSTILE_OUTPUT)[-6000:].replace("\0", "")
    talkative.write_text(hostile_script(text, 1), encoding="utf-8")
    events = Events(root, tmp_path)
    done = learn(root, tmp_path, "run", "--json")
    try:
        said = [json.loads(done.stdout), events.verdict()]
    finally:
        events.close()
    assert done.stdout.isascii() and done.stdout.rstrip("\n").isprintable()
    for verdict in said:
        (got,) = [row["text"] for row in verdict["checks"][0]["details"] if row["label"] == "got"]
        assert got == text + "\n"


def test_names_are_shown_and_never_obeyed(pack_root, tmp_path):
    """The names of the workspace and of its files, and all that a stranger's pack can say."""
    bad = "\x1b]0;owned\x07\x1b[31m\x1b[2J[red]\u202e"
    manifest = exercise_folder(pack_root, "start/double") / "exercise.toml"
    change(manifest, title=bad, summary=bad, hints=[bad] * 3, passed=bad)
    for page in ("README.md", "SUMMARY.md"):
        (manifest.parent / page).write_text(f"# {bad}\n\n[{bad}](http://x/\x1b]0;owned\x07)&#x202e;\n")
    checks = next((manifest.parent / "checks").glob("*.py"))
    checks.write_text(checks.read_text().replace("returns 2 times n", f"returns {bad}"), encoding="utf-8")
    place = tmp_path / f"work {bad.replace('/', '')}\nx"
    env = environment(tmp_path)
    init = ["init", str(place), "--pack", str(pack_root)]
    calls = [init, ["run"], ["list"], ["status"], ["brief"], ["doc"], ["hint"], ["goto", bad], ["goto", "double"]]
    for call in [*calls, ["reset", "--yes"], ["later"], ["check-all"], ["run", "--json"], ["doctor"]]:
        window = Terminal([str(LEARN), *call], tmp_path if call is init else place, env)
        window.ended()
        window.close()
        links = re.sub(rb"\x1b\]8;id=[0-9]+;http://[!-~]*\x1b\\", b"", window.raw)  # a brief may hold links
        assert only_our_codes(links), (call, window.raw)
        assert window.screen.title == ""
    (place / "start" / "double" / "double.py").write_text("def double(n):\n    return n * 2\n")
    window = Watch(place, tmp_path)
    try:
        learn(place, tmp_path, "goto", "double")
        window.wait_for_verdict("passed", "n next", r"\x1b]0;owned\x07")
        window.send("l", "/", "\x07", "\x9b2J", "escape", "l", "b", "b", "s", "s", "x", "n", "h", "q")
        assert window.ended() == 0
        assert only_our_codes(re.sub(rb"\x1b\]8;id=[0-9]+;http://[!-~]*\x1b\\", b"", window.raw))
        assert window.screen.title == ""
    finally:
        window.close()
    no_process_left(tmp_path)

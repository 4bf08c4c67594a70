"""Scripts and programs: run as in a terminal, but in a clean environment, with limits, and never waited for in vain."""

from __future__ import annotations

import os
import re
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runner.kit.outcomes import CouldNotRun, RanTooLong, UsedTooMuch
from runner.kit.process import how_it_ended
from runner.kit.shell import HOSTILE_NAMES, Entry, Shell, tree
from tests.verify.exercises import alive, poll

MakeShell = Callable[..., Shell]


@pytest.fixture
def make_shell(make_context) -> Iterator[MakeShell]:
    """Makes a shell for a learner's script `it.sh`."""
    made: list[Shell] = []

    def make(script: str | bytes = "", **facts: object) -> Shell:
        made.append(Shell(make_context({"it.sh": script}, language="", **facts)))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("true", 0),
        ("exit 3", 3),
        ("nothing-of-that-name", 127),
        ("./it.sh", 126),
        ("if", 2),
        ("kill -TERM $$", -signal.SIGTERM),
        ("(exit 255)", 255),
        ("set -e\nfalse\ntrue", 1),
        ("set -u\necho $nothing", 1),
    ],
)
def test_the_exit_status_is_that_of_the_script(make_shell, script, code):
    assert make_shell(script).run("it.sh").code == code


def test_both_streams_and_the_command_are_kept(make_shell):
    shell = make_shell('echo "out $1"; echo "err $2" >&2')
    result = shell.run("it.sh", "two words", "*")
    assert (result.stdout, result.stderr) == ("out two words\n", "err *\n")
    assert result.command == "bash it.sh 'two words' '*'"
    assert 0 < result.ms < 5000


def test_output_that_is_no_text_is_shown_and_line_ends_are_kept(make_shell):
    result = make_shell(r"printf 'caf\xe9\0x\r\n\xc3\xa9'").run("it.sh")
    assert result.stdout == "caf\\xe9\0x\r\né"


def test_a_script_of_windows_lines_or_of_any_bytes_is_run_as_bash_does(make_shell):
    assert make_shell(b"exit 0\r\n").run("it.sh").code != 0
    assert make_shell(b"\xff\xfe").run("it.sh").code == 127
    assert make_shell(b"").run("it.sh").code == 0


def test_without_the_script_there_are_words_for_the_learner(make_shell):
    with pytest.raises(CouldNotRun) as caught:
        make_shell().run("other.sh")
    assert dict(caught.value.rows) == {"expected": "a script other.sh", "got": "no such file"}


def test_stdin_is_what_was_given_and_else_at_its_end(make_shell):
    shell = make_shell("cat; read -r line || echo end")
    assert shell.run("it.sh").stdout == "end\n"
    assert shell.run("it.sh", stdin="a\nb").stdout == "a\nbend\n"
    text = "é" * 200_000
    assert shell.run("it.sh", stdin=text).stdout == f"{text}end\n"


def test_there_is_no_terminal_to_wait_for(make_shell):
    result = make_shell("read -r x < /dev/tty; echo $?; [ -t 0 ] || echo none").run("it.sh")
    assert result.stdout == "1\nnone\n"


def test_the_environment_is_clean(make_shell, monkeypatch):
    for name in ("SECRET_TOKEN", "BASH_ENV", "ENV", "CDPATH", "GREP_OPTIONS", "LS_COLORS", "SHELLOPTS", "GIT_DIR"):
        monkeypatch.setenv(name, "/nowhere")
    monkeypatch.setenv("PATH", f"/nowhere/bin:{os.environ['PATH']}")
    shell = make_shell("env -0")
    got = dict(line.split("=", 1) for line in shell.run("it.sh").stdout.split("\0") if line)
    for name in ("_", "SHLVL", "PWD", "OLDPWD"):  # of bash's own making
        got.pop(name, None)
    home, temporary = Path(got.pop("HOME")), Path(got.pop("TMPDIR"))
    assert home.is_dir() and home != Path.home()
    assert not list(home.iterdir())
    assert temporary.is_dir() and temporary.is_relative_to(shell.work.parent)
    path = got.pop("PATH").split(":")
    assert "/nowhere/bin" not in path and "/usr/bin" in path
    assert not any(name in got for name in ("SECRET_TOKEN", "BASH_ENV", "ENV", "CDPATH", "GIT_DIR"))
    assert got["LC_ALL"] == "C.UTF-8" and got["TZ"] == "UTC"
    assert set(got) == {"LC_ALL", "TZ", "TERM", "GIT_CONFIG_NOSYSTEM", "GIT_TERMINAL_PROMPT", "GIT_CEILING_DIRECTORIES"}


def test_names_can_be_set_on_top_and_the_folder_chosen(make_shell):
    shell = make_shell('echo "$GREETING"; pwd -P; umask')
    box = shell.folder()
    assert shell.run("it.sh", env={"GREETING": "hi"}, cwd=box).stdout == f"hi\n{box.resolve()}\n0022\n"
    assert shell.run("it.sh").stdout.splitlines()[1] == str(shell.work.resolve())


def test_a_git_command_in_a_script_meets_no_settings_but_the_exercises_own(make_shell, monkeypatch, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".gitconfig").write_text("[alias]\n\thi = !echo hi\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "home" / ".gitconfig"))
    result = make_shell("git hi; git config --list --global; git rev-parse --git-dir").run("it.sh")
    assert result.stdout == ""
    assert "'hi' is not a git command" in result.stderr
    assert "not a git repository" in result.stderr, "a repository above the run's folder is not found"


def test_a_script_that_runs_too_long_is_ended_with_its_children(make_shell, tmp_path):
    mark = tmp_path / "pid"
    shell = make_shell(f"trap '' TERM INT HUP\nsleep 3600 &\necho $! > {mark}\nwhile :; do :; done", timeout=1.0)
    with pytest.raises(RanTooLong) as caught:
        shell.run("it.sh")
    assert re.fullmatch(r"an answer within 0\.[1-5] s", dict(caught.value.rows)["expected"])
    assert poll(lambda: not alive(int(mark.read_text())))


def test_a_child_that_holds_the_output_is_not_waited_for(make_shell):
    began = time.monotonic()
    result = make_shell("sleep 3600 &\necho done").run("it.sh")
    assert (result.code, result.stdout) == (0, "done\n")
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("redirect", ["", ">&2"])
def test_a_flood_is_over_the_limit(make_shell, redirect):
    with pytest.raises(UsedTooMuch) as caught:
        make_shell(f"yes {redirect}").run("it.sh")
    assert dict(caught.value.rows)["expected"] == "at most 4 MiB of output"


def test_output_up_to_the_limit_is_all_there(make_shell):
    assert len(make_shell("head -c 3000000 /dev/zero | tr '\\0' x").run("it.sh").stdout) == 3_000_000


def test_a_file_without_end_and_too_much_memory_are_refused_by_the_system(make_shell):
    shell = make_shell("truncate -s 255M big && truncate -s 257M big; echo $?; stat -c %s big")
    assert shell.run("it.sh").stdout.splitlines()[-2:] != ["0", str(257 << 20)]
    greedy = make_shell("x=$(head -c 200M /dev/zero | tr '\\0' x); echo ${#x}", memory=64)
    assert greedy.run("it.sh").stdout.strip() != str(200 << 20)


def test_a_program_beside_the_check_can_be_signalled_and_waited_for(make_shell):
    shell = make_shell("trap 'echo bye; exit 7' TERM\necho ready > ready\nwhile :; do sleep 0.01; done")
    running = shell.start("it.sh")
    shell.until((shell.work / "ready").exists, "the file ready")
    assert alive(running.pid)
    running.send()
    result = running.wait()
    assert (result.code, result.stdout) == (7, "bye\n")


def test_a_check_that_looks_whether_a_program_has_ended_takes_in_what_it_prints(make_shell):
    shell = make_shell("head -c 300000 /dev/zero\nread -r _ <gate\nexit 3\n")
    os.mkfifo(shell.work / "gate")
    running = shell.start("it.sh")
    assert not running.ended()
    until = time.monotonic() + 5
    # Only one who has printed all, more than a pipe holds, opens the gate.
    gate = -1
    while gate < 0 and time.monotonic() < until:
        assert not running.ended()
        try:
            gate = os.open(shell.work / "gate", os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.005)
    os.close(gate)
    assert poll(running.ended)
    done = running.wait()
    assert (done.code, len(done.stdout)) == (3, 300_000)


def test_what_never_becomes_true_is_not_waited_for_beyond_the_budget(make_shell):
    shell = make_shell(timeout=0.2)
    with pytest.raises(RanTooLong) as caught:
        shell.until(lambda: False, "the file ready")
    assert dict(caught.value.rows) == {"expected": "the file ready", "got": "nothing of the kind within 0.1 s"}


def test_closing_ends_what_still_runs(make_shell):
    shell = make_shell("sleep 3600")
    running = shell.start("it.sh")
    shell.close()
    assert poll(lambda: not alive(running.pid))


def test_a_python_program_runs_in_its_own_folder(make_context):
    program = "import os, sys\nprint(os.getcwd(), sys.argv[1:], sys.flags.dont_write_bytecode)\nsys.exit(4)\n"
    shell = Shell(make_context({"tool/it.py": program, "tool/json.py": "1 / 0"}, language=""))
    result = shell.python(shell.work / "tool" / "it.py", "two words")
    assert result.code == 4
    assert result.stdout == f"{shell.work.resolve() / 'tool'} ['two words'] 1\n"
    assert result.command == "python3 it.py 'two words'"


def test_folders_of_a_run_are_new_and_empty_for_every_check(make_context):
    context = make_context(language="")
    made = [Shell(context).folder(name) for name in ("box", "box", "other")]
    made += [Shell(context).folder()]
    assert len(set(made)) == 4
    assert not any(list(each.iterdir()) for each in made)


def test_hostile_names_are_legal_and_break_careless_scripts(make_shell):
    shell = make_shell("for name in $(ls); do cat $name; done")
    box = shell.folder()
    for name in HOSTILE_NAMES:
        (box / f"{name}.txt").write_text(name)
    assert len(list(box.iterdir())) == len(HOSTILE_NAMES) == len(set(HOSTILE_NAMES))
    careless = shell.run("it.sh", cwd=box)
    assert "No such file or directory" in careless.stderr
    careful = make_shell('for name in ./*; do cat "$name"; done').run("it.sh", cwd=box)
    assert careful.code == 0
    assert sorted(careful.stdout) == sorted("".join(HOSTILE_NAMES))


def test_hostile_names_can_be_given_as_arguments(make_shell):
    result = make_shell('printf "%s\\0" "$@"').run("it.sh", *HOSTILE_NAMES)
    assert result.stdout.split("\0")[:-1] == list(HOSTILE_NAMES)


def test_a_tree_tells_kinds_modes_and_contents_without_following_links(tmp_path):
    box = tmp_path / "box"
    (box / "sub").mkdir(parents=True)
    (box / "sub" / "a").write_text("same")
    (box / "b").write_text("same")
    (box / "b").chmod(0o640)
    (box / "loop").symlink_to(box)
    os.mkfifo(box / "pipe")
    found = tree(box)
    assert sorted(found) == ["b", "loop", "pipe", "sub", "sub/a"]
    assert found["b"].content == found["sub/a"].content
    assert (found["b"].kind, found["b"].mode) == ("file", 0o640)
    assert found["loop"] == Entry("link", stat.S_IMODE((box / "loop").lstat().st_mode), str(box))
    assert (found["pipe"].kind, found["sub"].kind) == ("other", "folder")
    (box / "b").write_text("other")
    assert tree(box) != found
    assert tree(tmp_path / "nothing") == {}


def test_ends_are_told_in_words():
    assert how_it_ended(3) == "exit status 3"
    assert how_it_ended(-signal.SIGSEGV) == f"signal {int(signal.SIGSEGV)} (SIGSEGV)"
    assert how_it_ended(-200) == "signal 200"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_script_inherits_no_descriptor_but_the_three(make_shell):
    with open(__file__) as held:
        os.set_inheritable(held.fileno(), True)
        descriptors = make_shell("ls /proc/self/fd").run("it.sh").stdout.split()
    assert descriptors == ["0", "1", "2", "3"], "the last one is the folder that ls reads"


def test_a_program_that_ends_just_before_it_is_signalled_is_waited_for_as_any_other(make_context):
    running = Shell(make_context({"it.sh": "exit 3\n"}, language="")).start("it.sh")
    os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOWAIT)
    running.send(signal.SIGTERM)
    assert running.wait().code == 3

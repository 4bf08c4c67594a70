"""`learn pack check --watch` in a terminal: each save checks the exercise of that file, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import LEARN, environment, run_learn
from tests.conftest import processes
from tests.packs import add_exercise, answer_folder, exercise_folder, put
from tests.verify.exercises import poll

SECONDS = 40
"""How long something may take to be said."""


@pytest.fixture
def watching(pack_root: Path) -> Iterator[pexpect.spawn]:
    """The watch on the small pack, in a terminal of 80 columns without colours."""
    child = pexpect.spawn(
        str(LEARN),
        ["pack", "check", "--watch", "--seeds", "1"],
        cwd=str(pack_root),
        env=environment(NO_COLOR="1", TERM="xterm"),
        dimensions=(40, 80),
        encoding="utf-8",
        timeout=SECONDS,
    )
    child.expect_exact("Watching 3 exercises.")
    yield child
    child.close(force=True)


def save(path: Path, text: str = "") -> None:
    """Save PATH with TEXT, or with an empty line more."""
    put(path, text or path.read_text(encoding="utf-8") + "\n")


def test_a_save_checks_that_exercise(watching: pexpect.spawn, pack_root: Path) -> None:
    save(exercise_folder(pack_root, "shell/upper") / "SUMMARY.md")
    watching.expect(r"shell/upper\r\n +files: 0 faults\r\n +answers: 0 faults, 6 runs")
    lower = answer_folder(pack_root, "shell/upper", "wrong/lower") / "upper.sh"
    save(lower, "printf '%s\\n' \"${1^^}\"\n")
    watching.expect_exact("solutions/1-basics/shell/upper/wrong/lower/upper.sh")
    watching.expect_exact("have the check shouts refuse it")
    watching.expect_exact("answers: 1 fault, 6 runs")
    assert "start/double" not in (watching.before or "")


def test_what_is_quickly_seen_comes_first(watching: pexpect.spawn, pack_root: Path) -> None:
    brief = exercise_folder(pack_root, "start/double") / "README.md"
    save(brief, brief.read_text(encoding="utf-8").replace("**Goal.**", "Goal"))
    watching.expect_exact("no part **Goal.**")
    watching.expect_exact("files: 1 fault")
    watching.expect_exact("answers python: 0 faults")
    watching.expect_exact("answers javascript: 0 faults")


def test_a_save_while_answers_are_tried_begins_anew(watching: pexpect.spawn, pack_root: Path) -> None:
    summary = exercise_folder(pack_root, "start/double") / "SUMMARY.md"
    save(summary)
    watching.expect_exact("files: 0 faults")
    save(summary)
    watching.expect_exact("saved again: begins anew")
    watching.expect_exact("answers javascript: 0 faults")


def test_the_one_that_is_edited_last_comes_first(watching: pexpect.spawn, pack_root: Path) -> None:
    save(exercise_folder(pack_root, "start/double") / "SUMMARY.md")
    watching.expect_exact("files: 0 faults")
    save(exercise_folder(pack_root, "shell/upper") / "SUMMARY.md")
    watching.expect_exact("saved again")
    watching.expect(r"shell/upper\r\n +files: 0 faults\r\n +answers: 0 faults")
    watching.expect(r"start/double\r\n +files: 0 faults\r\n +answers python: 0 faults")


def test_the_pack_is_loaded_anew(watching: pexpect.spawn, pack_root: Path) -> None:
    head = (pack_root / "pack.toml").read_text(encoding="utf-8")
    save(pack_root / "pack.toml", head + "odd = 1\n")
    watching.expect_exact("a key that is not known")
    save(pack_root / "pack.toml", head)
    watching.expect_exact("The pack is sound, with 3 exercises.")
    add_exercise(pack_root, "start/triple")
    watching.expect_exact("with 4 exercises.")
    save(exercise_folder(pack_root, "start/triple") / "SUMMARY.md")
    watching.expect(r"start/triple\r\n +files: 0 faults")


def test_misspelt_words_are_told_too(watching: pexpect.spawn, pack_root: Path) -> None:
    summary = exercise_folder(pack_root, "shell/upper") / "SUMMARY.md"
    save(summary, summary.read_text(encoding="utf-8") + "You will recieve it.\n")
    watching.expect_exact("write receive")
    watching.expect_exact("files: 1 fault")


def test_folders_that_go_and_come_back(watching: pexpect.spawn, pack_root: Path) -> None:
    """While the pack has faults nothing is tried; then what was edited is, and no library speaks in between."""
    checks = exercise_folder(pack_root, "shell/upper") / "checks"
    for _ in range(2):
        checks.rename(checks.with_name("away"))
        watching.expect_exact("every exercise has checks")
        checks.with_name("away").rename(checks)
        watching.expect_exact("The pack is sound, with 3 exercises.")
        assert "Traceback" not in (watching.before or "")
        watching.expect(r"shell/upper\r\n +files: 0 faults\r\n +answers: 0 faults, 6 runs")
        assert "Callback" not in (watching.before or "")


def test_what_editors_leave_is_no_save(watching: pexpect.spawn, pack_root: Path) -> None:
    for name in (".README.md.swp", "README.md~", "4913"):
        save(exercise_folder(pack_root, "start/double") / name, "x")
    save(exercise_folder(pack_root, "shell/upper") / "SUMMARY.md")
    watching.expect(r"\d\d:\d\d:\d\d +(\S+)")
    assert watching.match.group(1) == "shell/upper"


@pytest.mark.parametrize("while_at_work", [False, True])
def test_ctrl_c_ends_and_leaves_nothing(watching: pexpect.spawn, pack_root: Path, while_at_work: bool) -> None:
    if while_at_work:
        save(exercise_folder(pack_root, "start/double") / "SUMMARY.md")
        watching.expect_exact("files: 0 faults")
    watching.sendintr()
    watching.expect_exact("Ended.")
    watching.expect(pexpect.EOF)
    watching.close()
    assert watching.exitstatus == 0
    assert "Traceback" not in (watching.before or "")
    assert poll(lambda: not processes(pack_root))


def test_ctrl_c_ends_a_whole_check_at_once(pack_root: Path) -> None:
    for number in range(12):
        add_exercise(pack_root, f"start/times-{number}")
    child = pexpect.spawn(
        str(LEARN),
        ["pack", "check", "--jobs", "1"],
        cwd=str(pack_root),
        env=environment(TERM="xterm"),
        encoding="utf-8",
    )
    child.expect("start/double python: ok", timeout=SECONDS)
    child.sendintr()
    child.expect(pexpect.EOF, timeout=SECONDS)
    child.close()
    assert child.exitstatus == 130
    assert "start/times-11" not in (child.before or "") and "Traceback" not in (child.before or "")


def test_a_pack_with_faults_is_not_watched(pack_root: Path, tmp_path: Path) -> None:
    put(pack_root / "pack.toml", "format = 2\n")
    done = run_learn("pack", "check", "--watch", cwd=pack_root)
    assert done.returncode == 4
    assert "pack.toml: format" in done.stderr


@pytest.mark.parametrize("option", [["--json"], ["--links"], ["--exercise", "start/double"], ["--messages", "x"]])
def test_options_that_do_not_go_with_it(pack_root: Path, option: list[str]) -> None:
    done = run_learn("pack", "check", "--watch", *option, cwd=pack_root)
    assert done.returncode == 2
    assert f"--watch goes without {option[0]}." in done.stderr


def test_into_a_pipe(pack_root: Path) -> None:
    """What it says comes line by line, without codes, also where nobody looks at a terminal."""
    command = [LEARN, "pack", "check", "--watch", "--seeds", "1"]
    with subprocess.Popen(command, cwd=pack_root, stdout=subprocess.PIPE, text=True, env=environment()) as child:
        assert child.stdout is not None
        assert (
            child.stdout.readline()
            == "Watching 3 exercises. Each save checks the exercise of that file; Ctrl-C ends.\n"
        )
        summary = exercise_folder(pack_root, "shell/upper") / "SUMMARY.md"
        # In one step, from outside of the pack: a file that is made beside it, or emptied and then written, is two
        # saves to a watch that looks between them.
        beside = pack_root.parent / "summary"
        put(beside, summary.read_text(encoding="utf-8") + "\n")
        beside.replace(summary)
        lines = [child.stdout.readline() for _ in range(4)]
        os.kill(child.pid, 15)
        assert child.wait(SECONDS) == 0
    assert re.fullmatch(
        r"\n\d\d:\d\d:\d\d  shell/upper\n  files: 0 faults\n  answers: 0 faults, 6 runs\n", "".join(lines)
    )

"""`learn language`: shown, changed for what comes, changed for one exercise; and a `learn watch` that sees it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from runner.workspace.workspace import Workspace, open_workspace
from tests.cli.conftest import LEARN, Learn, environment
from tests.packs import add_exercise

RIGHT = {"py": "def double(n):\n    return 2 * n\n", "mjs": "export const double = (n) => 2 * n;\n"}


def test_it_is_shown_with_the_command_that_changes_it(learn: Learn):
    assert learn("language").stdout.splitlines() == [
        "New exercises are laid out in python.",
        "You are at start/double, in python.",
        "To change it: learn language javascript   (for one exercise alone: learn language javascript EXERCISE)",
    ]


def test_it_is_changed_for_what_comes_and_where_the_learner_is(learn: Learn, workspace: Workspace, double_file: Path):
    double_file.write_text("# mine\n")
    done = learn("language", "javascript")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "New exercises are laid out in javascript."
    assert f"Your files: {double_file.parent}" in done.stdout
    assert "it comes back with: learn language python double" in done.stdout
    assert not double_file.exists() and double_file.with_suffix(".mjs").is_file()
    assert "in javascript" in learn("language").stdout.splitlines()[1]
    assert "with your work as you left it" in learn("language", "python", "double").stdout
    assert double_file.read_text() == "# mine\n"
    assert learn("language").stdout.splitlines()[0] == "New exercises are laid out in javascript."


def test_what_is_passed_stays_and_counts_in_both(learn: Learn, workspace: Workspace, double_file: Path):
    double_file.write_text(RIGHT["py"])
    assert learn("run").returncode == 0
    done = learn("language", "javascript")
    assert "start/double is passed and stays. To do it again: learn language javascript double" in done.stdout
    assert double_file.read_text() == RIGHT["py"]
    assert learn("check-all").returncode == 0, "in the language that it was done in"
    assert learn("language", "javascript", "double").returncode == 0
    assert learn("run", "double").returncode == 1
    double_file.with_suffix(".mjs").write_text(RIGHT["mjs"])
    verdict = json.loads(learn("run", "double", "--json").stdout)
    assert (verdict["status"], verdict["language"]) == ("passed", "javascript")
    assert sorted(workspace.progress().known("tiny", "start/double").passed) == ["javascript", "python"]


def test_wrong_words_are_refused_with_the_next_command(learn: Learn):
    assert learn("language", "cobol").returncode == 2
    wrong = learn("language", "python", "nothing-like-it")
    assert wrong.returncode == 2 and "learn list" in wrong.stderr
    shell = learn("language", "python", "shell/upper")
    assert shell.returncode == 2 and "cannot be done in python" in shell.stderr
    assert "already" in learn("language", "python", "double").stdout


def test_an_exercise_beside_the_place_is_changed_alone(learn: Learn, workspace: Workspace, pack_root: Path):
    add_exercise(pack_root, "start/triple")
    assert learn("goto", "triple").returncode == 0
    assert learn("language", "javascript", "double").returncode == 0
    assert (workspace.root / "start" / "double" / "double.mjs").is_file()
    assert (workspace.root / "start" / "triple" / "triple.py").is_file()
    again = open_workspace(workspace.place)
    assert again.current(again.progress()).id == "start/triple", "the place is the same"


def test_a_watch_at_work_goes_on_in_the_other_language(learn: Learn, workspace: Workspace):
    watch = subprocess.Popen(
        [LEARN, "watch", "--json"],
        cwd=workspace.root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    languages = []
    try:
        assert watch.stdout
        for line in watch.stdout:
            event = json.loads(line)
            if event["event"] != "verdict":
                continue
            verdict = event.get("verdict", event)
            languages.append((verdict["language"], verdict["status"]))
            if len(languages) == 1:
                assert learn("language", "javascript").returncode == 0
            elif verdict["language"] == "javascript":
                break
    finally:
        watch.terminate()
        watch.communicate(timeout=20)
    assert languages[0] == ("python", "failed")
    assert languages[-1] == ("javascript", "failed")

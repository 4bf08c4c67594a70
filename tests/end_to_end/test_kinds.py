"""The kinds of exercises in the watch: Python above all in the other files; here git, JavaScript and shell."""

import os
import subprocess
from pathlib import Path

from runner.workspace.place import PackSource, Settings, make
from runner.workspace.workspace import open_workspace
from tests.end_to_end.driver import Events, learn, no_process_left, until
from tests.packs import answer_folder


def git(folder: Path, *command: str) -> None:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", *command], cwd=folder, env={**os.environ, **quiet}, check=True, capture_output=True, timeout=20
    )


def test_a_git_exercise_reacts_to_each_command_by_itself(watch, root, tmp_path):
    assert learn(root, tmp_path, "goto", "one-commit").returncode == 0
    repo = root / "git" / "one-commit" / "repo"
    window = watch()
    window.wait_for_verdict("not yet", "git/one-commit", "0 new commits", "expected starting point")

    git(repo, "add", "note.txt")
    window.wait_for_verdict("not yet", "0 new commits", "Basics")
    until(lambda: "expected starting point" not in window.text(), lambda: window.text())

    git(repo, "commit", "--quiet", "-m", "Add a note")
    window.wait_for_verdict("passed", "2 of 2 checks pass")

    git(repo, "commit", "--quiet", "--allow-empty", "-m", "Again")
    window.wait_for_verdict("not yet", "2 new commits")

    git(repo, "reset", "--quiet", "--soft", "HEAD~1")
    window.wait_for_verdict("passed", "2 of 2 checks pass")

    git(repo, "checkout", "--quiet", "-b", "aside", "HEAD~1")
    window.wait_for_verdict("not yet")
    git(repo, "checkout", "--quiet", "main")
    window.wait_for_verdict("passed", "2 of 2 checks pass")


def test_git_status_takes_no_verdict(root, tmp_path):
    assert learn(root, tmp_path, "goto", "one-commit").returncode == 0
    repo = root / "git" / "one-commit" / "repo"
    events = Events(root, tmp_path)
    try:
        events.verdict()
        os.utime(repo / "README.md", (1, 1))
        git(repo, "status")
        git(repo, "log", "--oneline")
        git(repo, "add", "note.txt")
        events.verdict()
        # Had the status counted, there would have been a verdict more.
        assert sum(each["event"] == "verdict" for each in events.seen) == 2
    finally:
        events.close()
    no_process_left(tmp_path)


def test_javascript(watch, tmp_path, pack_root):
    place = make(tmp_path / "js", Settings("javascript", (PackSource(str(pack_root)),)))
    workspace = open_workspace(place)
    workspace.enter(workspace.current(workspace.progress()), jump=True)
    file = place.root / "start" / "double" / "double.mjs"
    window = watch(workspace=place.root)
    window.wait_for_verdict("not yet", "double.mjs", "got      null")
    file.write_text("export function double(n) {\n  return n +\n}\n")
    window.wait_for_verdict("your program could not run", "SyntaxError")
    file.write_text((answer_folder(pack_root, "start/double", "wrong/adds-two") / "double.mjs").read_text())
    window.wait_for_verdict("not yet", "double(21)", "got      23")
    file.write_text((answer_folder(pack_root, "start/double", "right/times") / "double.mjs").read_text())
    window.wait_for_verdict("passed", "2 of 2 checks pass")
    window.send("s")
    window.wait_for("times: double.mjs", "the same as yours")


def test_shell(watch, root, tmp_path):
    assert learn(root, tmp_path, "goto", "upper").returncode == 0
    file = root / "shell" / "upper" / "upper.sh"
    window = watch()
    window.wait_for_verdict("not yet", "upper.sh")
    file.write_text("echo ${1^^}\n")
    window.wait_for_verdict("not yet", "1 of 2 checks pass", "an unquoted $1")
    file.write_text("printf '%s\\n' \"${1^^}\"\n")
    window.wait_for_verdict("passed", "2 of 2 checks pass")

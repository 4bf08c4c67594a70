"""Commands that read: hint, brief, doc, solution, list, status, doctor; none of them moves the learner's place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from runner.workspace.workspace import Workspace
from tests.cli.conftest import Learn
from tests.packs import add_exercise, change, exercise_folder, put

RIGHT = "def double(n):\n    return n * 2  # mine\n"


def test_hints_one_at_a_time(learn: Learn):
    first = learn("hint")
    assert first.returncode == 0
    assert first.stdout.splitlines() == ["Look", "  Look at the line with the TODO."]
    held = learn("hint", "double")
    assert held.stdout.splitlines()[-1].startswith("The next hint is ready after you have tried again")
    assert "Idea" not in held.stdout
    forced = learn("hint", "--force")
    assert "Idea" in forced.stdout
    assert "ready after" not in forced.stdout
    learn("run")
    last = learn("hint").stdout.splitlines()
    assert last[-3:] == ["Steps", "  1. Write it.", "  2. Save it."]


@pytest.mark.parametrize("command", ["hint", "brief", "doc"])
def test_reading_of_another_exercise_moves_nothing(learn: Learn, workspace: Workspace, command: str):
    before = workspace.current(workspace.progress()).id
    done = learn(command, "one-commit")
    assert done.returncode == 0
    assert done.stdout
    assert workspace.current(workspace.progress()).id == before
    assert not (workspace.root / "git").exists()


def test_brief_and_doc(learn: Learn):
    brief = learn("brief").stdout
    assert "Double a number" in brief
    assert "double(0) returns 0" in brief
    doc = learn("doc").stdout
    assert "The function double(n) returns 2 times n." in doc
    assert "https://docs.python.org/3/tutorial/" in doc


def test_a_brief_that_is_not_utf8_is_shown_all_the_same(learn: Learn, pack_root: Path):
    """The catalogue is cached, so a brief may be spoiled after the pack was validated."""
    for name in ("README.md", "SUMMARY.md"):
        (exercise_folder(pack_root, "start/double") / name).write_bytes(b"# Caf\xe9\n\nstill here\n")
    for command in ("brief", "doc"):
        done = learn(command)
        assert done.returncode == 0
        assert "Caf" in done.stdout
        assert "still here" in done.stdout


def test_the_solution_is_shown_after_a_pass_beside_ones_own(learn: Learn, double_file: Path):
    early = learn("solution")
    assert early.returncode == 2
    assert "start/double is not passed yet." in early.stderr
    assert "learn hint double" in early.stderr
    double_file.write_text(RIGHT)
    learn("run")
    done = learn("solution")
    assert done.returncode == 0
    assert "times: double.py" in done.stdout
    assert "# mine" not in done.stdout
    assert "+     return n * 2" in done.stdout.splitlines()
    assert "double.mjs" not in done.stdout, "only the language of the workspace"


def test_the_solution_beside_a_file_that_is_not_utf8(learn: Learn, double_file: Path):
    double_file.write_text(RIGHT)
    learn("run")
    double_file.write_bytes(b"# caf\xe9 \x1b[2J\n")
    done = learn("solution")
    assert done.returncode == 0
    assert "+     return n * 2" in done.stdout


def test_list_and_its_json(learn: Learn, double_file: Path):
    lines = learn("list").stdout.splitlines()
    assert len(lines) == 3
    assert "start/double" in lines[0]
    assert "(here)" in lines[0]
    data = json.loads(learn("list", "--json").stdout)
    assert data["schema"] == 1
    assert data["current"] == "start/double"
    assert [(each["id"], each["state"]) for each in data["exercises"]] == [
        ("start/double", "open"),
        ("shell/upper", "locked"),
        ("git/one-commit", "locked"),
    ]
    assert set(data["exercises"][0]) == {"pack", "id", "title", "state", "stars", "minutes", "extra"}
    double_file.write_text(RIGHT)
    learn("run")
    states = [each["state"] for each in json.loads(learn("list", "--json").stdout)["exercises"]]
    assert states == ["passed", "open", "open"]
    assert [line.split()[1] for line in learn("list", "--show", "open").stdout.splitlines()] == [
        "shell/upper",
        "git/one-commit",
    ]
    assert "git/one-commit" in learn("list", "COMMIT").stdout
    assert learn("list", "--show", "everything").returncode == 2


def test_status_and_its_json(learn: Learn, double_file: Path):
    before = learn("status").stdout
    assert "0 of 3" in before
    assert "No exercise passed yet." in before
    double_file.write_text(RIGHT)
    learn("run")
    learn("run")
    assert "1 of 3" in learn("status").stdout
    assert "1 passed on 1 day." in learn("status").stdout
    data = json.loads(learn("status", "--json").stdout)
    assert data["schema"] == 1
    assert data["current"] == "start/double"
    assert data["phases"] == [
        {
            "id": "1-basics",
            "title": "Basics",
            "months": "1",
            "optional": False,
            "passed": 1,
            "total": 3,
            "skipped": False,
        }
    ]
    assert list(data["passes_by_day"].values()) == [1]


def test_doctor_and_its_json(learn: Learn):
    done = learn("doctor", "--json")
    assert done.returncode == 0
    data = json.loads(done.stdout)
    assert data["schema"] == 1
    found = {each["name"]: each for each in data["engines"]}
    assert {"bash", "git", "node"} <= set(found)
    assert found["bash"]["found"] is True
    assert Path(found["bash"]["path"]).is_file()
    assert found["bash"]["version"][0].isdigit()
    assert "bash" in learn("doctor").stdout


def test_doctor_says_what_is_missing_and_what_helps(learn: Learn):
    nothing = {"PATH": "/nowhere"}
    found = {each["name"]: each for each in json.loads(learn("doctor", "--json", env=nothing).stdout)["engines"]}
    assert found["git"]["found"] is False
    assert found["git"]["reason"] == "there is no git on PATH"
    text = learn("doctor", env=nothing).stdout
    assert "– bash         there is no bash on PATH. Next: sudo apt install bash" in " ".join(text.split("\n"))


def test_doctor_needs_no_workspace(tmp_path: Path, learn: Learn):
    assert learn("doctor", cwd=tmp_path).returncode == 0


def test_a_former_name_still_finds_the_exercise(learn: Learn, pack_root: Path):
    add_exercise(pack_root, "start/triple", was=["start/thrice"])
    assert "Triple a number" in learn("brief", "start/thrice").stdout


def test_doctor_looks_and_fetches_nothing(learn: Learn, tmp_path: Path):
    done = learn("doctor", env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert "express it has not been fetched yet. Next: learn watch" in " ".join(done.stdout.split())
    assert not (tmp_path / "cache").exists()


def test_stages_open_as_they_are_reached(learn: Learn, pack_root: Path, double_file: Path):
    folder = exercise_folder(pack_root, "start/double")
    checks = [{"id": "doubles"}, {"id": "doubles-zero", "stage": 2}]
    change(folder / "exercise.toml", stages=["Numbers", "Zero"], checks=checks)
    brief = (folder / "README.md").read_text(encoding="utf-8")
    put(folder / "README.md", brief + "\n## Stage 1: Numbers\n\nfirst words\n\n## Stage 2: Zero\n\nlast words\n")
    before = learn("brief").stdout
    assert "first words" in before and "Zero" in before and "last words" not in before
    assert "stage 2: Zero (1 check, after stage 1)" in learn("run").stdout
    double_file.write_text("def double(n):\n    return n * 2 if n else None\n")
    told = learn("run").stdout
    assert "stage 1 of 2 is complete: Numbers" in told
    assert "stage 1: Numbers (1 check)" in told
    assert "last words" in learn("brief").stdout
    assert "is complete" not in learn("run").stdout, "it is told once"
    double_file.write_text(RIGHT)
    assert learn("run").returncode == 0

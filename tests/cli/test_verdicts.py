"""`learn run` and `learn check-all`: verdicts on the command line, and their exit codes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from runner.workspace.workspace import Workspace
from tests.cli.conftest import Learn
from tests.packs import change, exercise_folder, put

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "verdict.schema.json").read_text(encoding="utf-8"))
RIGHT = "def double(n):\n    return n * 2\n"


def test_the_starter_is_the_expected_starting_point(learn: Learn):
    done = learn("run")
    assert done.returncode == 1
    assert "start/double" in done.stdout
    assert "✘ not yet" in done.stdout
    assert "This is the expected starting point" in done.stdout
    assert "learn hint double" in done.stdout


def test_a_wrong_answer_is_told_and_exits_with_1(learn: Learn, double_file: Path):
    double_file.write_text("def double(n):\n    return n + 2\n")
    done = learn("run", "double")
    assert done.returncode == 1
    assert "expected starting point" not in done.stdout
    for words in ("check    double(n) returns 2 times n", "call     double(21)", "expected 42", "got      23"):
        assert words in done.stdout
    assert "(not tried yet)" in done.stdout


def test_a_right_answer_exits_with_0_and_names_the_next(learn: Learn, double_file: Path):
    double_file.write_text(RIGHT)
    done = learn("run")
    assert done.returncode == 0
    assert "✔ passed" in done.stdout
    assert "Done, and nothing forgotten." in done.stdout
    assert "shell/upper: Capital letters" in done.stdout
    assert json.loads(learn("list", "--json").stdout)["exercises"][0]["state"] == "passed"


@pytest.mark.parametrize(
    ("code", "status", "exit_code"),
    [
        (RIGHT, "passed", 0),
        ("def double(n):\n    return n\n", "failed", 1),
        ("def double(n:\n", "crashed", 1),
        ("def double(n):\n    while True: pass\n", "timeout", 1),
        ("def double(n):\n    return 'x' * 10**11\n", "overlimit", 1),
        ("import os\nos._exit(0)\n", "crashed", 1),
        (b"def double(n):\n    return 'caf\xe9'\n", "crashed", 1),
        ("def double(n):\n    return '\\ud800'\n", "failed", 1),
        ("def double(n):\n    print('\\x1b[2J' * 50)\n    return '\\x1b[31m'\n", "failed", 1),
    ],
)
def test_the_json_verdict_keeps_its_schema_whatever_the_code_does(
    learn: Learn, pack_root: Path, double_file: Path, code: str | bytes, status: str, exit_code: int
):
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", timeout=2)
    double_file.write_bytes(code if isinstance(code, bytes) else code.encode())
    done = learn("run", "--json", "--seed", "7")
    assert done.returncode == exit_code
    assert done.stderr == ""
    verdict = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(verdict)
    assert verdict["status"] == status
    assert (verdict["pack"], verdict["exercise"], verdict["language"], verdict["seed"]) == (
        "tiny",
        "start/double",
        "python",
        7,
    )
    shown = learn("run")
    assert shown.returncode == exit_code
    assert "\x1b" not in shown.stdout


def test_the_schema_refuses_what_is_no_verdict(learn: Learn):
    verdict = json.loads(learn("run", "--json").stdout)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.validate(verdict)
    for wrong in (
        {**verdict, "status": "fine"},
        {**verdict, "schema": 2},
        {**verdict, "surprise": 1},
        {key: value for key, value in verdict.items() if key != "content"},
        {**verdict, "checks": [{**verdict["checks"][0], "points": "many"}]},
        {**verdict, "checks": [{"id": "doubles"}]},
    ):
        assert not validator.is_valid(wrong), wrong


def test_a_missing_engine_is_blocked_and_exits_with_3(learn: Learn, workspace: Workspace):
    workspace.enter(workspace.find("shell/upper"), jump=True)
    done = learn("run", env={"PATH": "/nowhere"})
    assert done.returncode == 3
    assert done.stderr == ""
    assert "– blocked" in done.stdout
    assert done.stdout.count("there is no bash on PATH") == 1
    assert "apt install bash" in done.stdout
    verdict = json.loads(learn("run", "--json", env={"PATH": "/nowhere"}).stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(verdict)
    assert verdict["status"] == "blocked"
    assert verdict["checks"] == []


def test_a_fault_of_the_checks_exits_with_4(learn: Learn, pack_root: Path):
    put(exercise_folder(pack_root, "start/double") / "checks" / "test_double.py", "import no_such_module\n")
    done = learn("run")
    assert done.returncode == 4
    assert "‼ learn itself failed" in done.stdout
    assert "no_such_module" in done.stdout
    assert "learn pack check --exercise start/double" in done.stdout
    verdict = json.loads(learn("run", "--json").stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(verdict)
    assert verdict["status"] == "error"


def test_verbose_shows_every_failure_and_the_output(learn: Learn, double_file: Path, pack_root: Path):
    change(
        exercise_folder(pack_root, "start/double") / "exercise.toml",
        checks=[{"id": "doubles"}, {"id": "doubles-zero"}],
    )
    double_file.write_text("def double(n):\n    print('here I am')\n    return n + 2\n")
    short = learn("run").stdout
    assert "here I am" not in short
    assert "a number like any other" not in short
    long = learn("run", "-v").stdout
    assert "here I am" in long
    assert "a number like any other" in long


def test_a_seed_repeats_the_inputs(learn: Learn, double_file: Path):
    double_file.write_text("def double(n):\n    return 42 if n == 21 else n\n")
    calls = [json.loads(learn("run", "--json", "--seed", seed).stdout)["checks"][0]["details"] for seed in "112"]
    assert calls[0] == calls[1] != calls[2]


def test_an_exercise_that_is_not_there(learn: Learn):
    done = learn("run", "duoble")
    assert done.returncode == 2
    assert "There is no exercise duoble." in done.stderr
    assert "perhaps double" in done.stderr
    assert "learn list" in done.stderr


def test_a_locked_exercise_is_neither_run_nor_laid_out(learn: Learn, workspace: Workspace):
    for command in (["run"], ["reset", "--yes"]):
        done = learn(*command, "shell/upper")
        assert done.returncode == 2
        assert "shell/upper is locked." in done.stderr
        assert "learn goto upper" in done.stderr
        assert not (workspace.root / "shell").exists()


def test_a_folder_that_the_learner_deleted_is_laid_out_again(learn: Learn, double_file: Path):
    for path in double_file.parent.iterdir():
        path.unlink()
    double_file.parent.rmdir()
    done = learn("run")
    assert done.returncode == 1
    assert double_file.is_file()


def test_odd_file_names_in_the_folder_do_no_harm(learn: Learn, double_file: Path):
    double_file.write_text(RIGHT)
    for name in (b"caf\xe9.txt", b"new\nline", b"\x1b[31m"):
        (Path(os.fsdecode(bytes(double_file.parent) + b"/" + name))).write_text("x")
    assert learn("run").returncode == 0
    assert learn("run", "--json").returncode == 0


def test_check_all_checks_what_is_laid_out(learn: Learn, workspace: Workspace, double_file: Path):
    double_file.write_text(RIGHT)
    for name in ("shell/upper", "git/one-commit"):
        workspace.enter(workspace.find(name), jump=True)
    done = learn("check-all")
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if not line.startswith("    ")] == [
        "✔ start/double: passed",
        "✘ shell/upper: not yet",
        "✘ git/one-commit: not yet",
    ]
    lines = learn("check-all", "--json").stdout.splitlines()
    verdicts = [json.loads(line) for line in lines]
    for verdict in verdicts:
        jsonschema.Draft202012Validator(SCHEMA).validate(verdict)
    assert [(each["exercise"], each["status"]) for each in verdicts] == [
        ("start/double", "passed"),
        ("shell/upper", "failed"),
        ("git/one-commit", "failed"),
    ]
    assert workspace.progress().known("tiny", "start/double").attempts == 2
    (workspace.root / "shell" / "upper" / "upper.sh").write_text("printf '%s\\n' \"${1^^}\"\n")
    assert learn("check-all").returncode == 1, "one is still left"


def test_check_all_without_a_tool_exits_with_3(learn: Learn, workspace: Workspace):
    workspace.enter(workspace.find("shell/upper"), jump=True)
    done = learn("check-all", env={"PATH": "/nowhere"})
    assert done.returncode == 3
    assert "– shell/upper: blocked" in done.stdout
    assert "✘ start/double: not yet" in done.stdout


def test_check_all_rebuilds_what_the_history_lost(learn: Learn, workspace: Workspace, double_file: Path):
    double_file.write_text(RIGHT)
    workspace.place.progress.write_text("broken")
    done = learn("check-all")
    assert done.returncode == 0
    assert "The progress file could not be read" in done.stderr
    assert workspace.progress().known("tiny", "start/double").passed

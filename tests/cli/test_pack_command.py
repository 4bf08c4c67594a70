"""`learn pack check`: the gates from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import run_learn
from tests.packs import answer_folder, change, exercise_folder, put


def test_a_good_pack_exits_with_0(pack_root: Path):
    done = run_learn("pack", "check", str(pack_root), "--first-seed", "5", cwd=pack_root.parent)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "start/double python: ok, 7 runs",
        "start/double javascript: ok, 7 runs",
        "shell/upper: ok, 7 runs",
        "git/one-commit: ok, 7 runs",
    ]
    assert lines[-1] == "3 exercises, 28 runs, 0 faults, seeds from 5"


def test_json_of_a_good_pack(pack_root: Path):
    done = run_learn("pack", "check", "--json", "--exercise", "shell/upper", cwd=pack_root)
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert report == {
        "schema": 1,
        "exercises": ["shell/upper"],
        "runs": 7,
        "findings": [],
        "blocked": {},
        "unproven": [],
    }


def test_all_findings_are_told_with_exit_code_4(pack_root: Path):
    put(answer_folder(pack_root, "shell/upper", "right/expansion") / "upper.sh", "echo no\n")
    put(answer_folder(pack_root, "shell/upper", "wrong/lower") / "upper.sh", "printf '%s\\n' \"${1^^}\"\n")
    change(answer_folder(pack_root, "shell/upper", "wrong/unquoted") / "expect.toml", says=["no such words"])
    brief = exercise_folder(pack_root, "shell/upper") / "README.md"
    put(brief, brief.read_text().replace("**Goal.**", "Goal"))
    done = run_learn("pack", "check", "--json", "--exercise", "shell/upper", cwd=pack_root)
    assert done.returncode == 4
    found = {(each["gate"], each["where"]) for each in json.loads(done.stdout)["findings"]}
    assert found == {
        ("right", "right/expansion"),
        ("wrong", "wrong/lower"),
        ("wrong", "wrong/unquoted"),
        ("brief", "README.md"),
    }
    text = run_learn("pack", "check", "--exercise", "shell/upper", cwd=pack_root)
    assert text.returncode == 4
    assert "4 faults" in text.stdout.splitlines()[0]
    assert "no such words" in text.stdout


def test_bad_manifests_are_told_all_at_once(pack_root: Path):
    change(exercise_folder(pack_root, "start/double") / "exercise.toml", stars=9, odd=1)
    done = run_learn("pack", "check", str(pack_root), cwd=pack_root.parent)
    assert done.returncode == 4
    assert "has 2 faults" in done.stderr
    as_json = run_learn("pack", "check", str(pack_root), "--json", cwd=pack_root.parent)
    assert as_json.returncode == 4
    faults = json.loads(as_json.stdout)["faults"]
    assert {(each["key"], each["found"]) for each in faults} == {("stars", "9"), ("odd", "a key that is not known")}
    assert all(each["file"].endswith("start/double/exercise.toml") for each in faults)
    assert all(each["allowed"] for each in faults)


def test_missing_engines_block_with_exit_code_3(pack_root: Path):
    done = run_learn("pack", "check", "--json", "--exercise", "shell/upper", cwd=pack_root, env={"PATH": "/nowhere"})
    assert done.returncode == 3
    report = json.loads(done.stdout)
    assert report["findings"] == []
    assert "no bash on PATH" in report["blocked"]["shell/upper"]


def test_wrong_uses(pack_root: Path, tmp_path: Path):
    unknown = run_learn("pack", "check", "--exercise", "start/nothing", cwd=pack_root)
    assert unknown.returncode == 2
    assert "The pack has no exercise start/nothing." in unknown.stderr
    no_pack = run_learn("pack", "check", str(tmp_path / "nowhere"), cwd=tmp_path)
    assert no_pack.returncode == 4
    assert "pack.toml: found no such file" in no_pack.stderr


def test_every_message_on_one_page(pack_root: Path, tmp_path: Path):
    page = tmp_path / "messages.txt"
    done = run_learn("pack", "check", "--exercise", "shell/upper", "--messages", str(page), cwd=pack_root)
    assert done.returncode == 0
    text = page.read_text()
    assert text.count("not yet") == 3
    for words in ("wrong/lower", "wrong/first-letter", "wrong/unquoted", "an unquoted $1 is cut at its blanks"):
        assert words in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_a_brief_that_is_not_utf8_is_a_fault_and_no_crash(pack_root: Path):
    (exercise_folder(pack_root, "start/double") / "README.md").write_bytes(b"\xff\n")
    done = run_learn("pack", "check", cwd=pack_root)
    assert done.returncode == 4
    assert "start/double/README.md: found a byte that is not UTF-8 at offset 0" in done.stderr

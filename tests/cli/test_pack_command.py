"""`learn pack check`: the gates from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.conftest import run_learn
from tests.packs import answer_folder, change, exercise_folder, put


def test_a_good_pack_exits_with_0(pack_root: Path):
    done = run_learn("pack", "check", str(pack_root), "--first-seed", "5", cwd=pack_root.parent)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert sorted(lines[:4]) == [  # told as they are done
        "git/one-commit: ok, 7 runs",
        "shell/upper: ok, 7 runs",
        "start/double javascript: ok, 7 runs",
        "start/double python: ok, 7 runs",
    ]
    assert lines[-1] == "3 exercises, 28 runs, 0 faults; seeds from 5"


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
    found = {(each["gate"], each["file"], each["line"]) for each in json.loads(done.stdout)["findings"]}
    answers, folder = "solutions/1-basics/shell/upper", "exercises/1-basics/shell/upper"
    assert found == {
        ("right", f"{answers}/right/expansion/upper.sh", 0),
        ("wrong", f"{answers}/wrong/lower/upper.sh", 0),
        ("wrong", f"{answers}/wrong/unquoted/expect.toml", 2),
        ("brief", f"{folder}/README.md", 0),
    }
    assert all((pack_root / file).is_file() for _, file, _ in found)
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


def test_the_report_of_faults(pack_root: Path, tmp_path: Path):
    brief = exercise_folder(pack_root, "shell/upper") / "README.md"
    put(brief, brief.read_text().replace("**Goal.**", "Goal") + "x" * 81 + "\n\x1b[2J recieve\n")
    done = run_learn("pack", "check", "pack", "--exercise", "shell/upper", "--first-seed", "7", cwd=tmp_path)
    assert done.returncode == 4
    lines = done.stdout.splitlines()
    file = "exercises/1-basics/shell/upper/README.md"
    assert f"Files are named from {pack_root}" in lines
    assert "shell/upper: 3 faults" in lines
    assert [line for line in lines if file in line] == [f"  {file}:21", f"  {file}", f"  {file}:22"]
    assert "  gate    brief" in lines and "  found   81 characters" in lines and "  next    write receive" in lines
    assert lines[-3] == f"  check it again: learn pack check {pack_root} --exercise shell/upper"
    assert re.fullmatch(r"1 exercise, \d+ runs, 3 faults; seeds from 7", lines[-1])
    assert "\x1b" not in done.stdout
    assert all(len(line) <= 80 for line in lines if "/" not in line)


def test_without_codespell_it_says_so_and_goes_on(pack_root: Path, tmp_path: Path):
    put(exercise_folder(pack_root, "shell/upper") / "SUMMARY.md", "recieve\n")
    put(tmp_path / "hidden" / "codespell_lib" / "__init__.py", "raise ImportError('not installed')\n")
    hidden = {"PYTHONPATH": str(tmp_path / "hidden")}
    done = run_learn("pack", "check", "--exercise", "shell/upper", cwd=pack_root, env=hidden)
    assert done.returncode == 0, done.stderr
    assert "Spelling was not looked at: pip install 'backendlings[authors]' brings codespell." in done.stdout
    assert "recieve" not in done.stdout


def test_links_that_do_not_answer_are_told_and_are_no_fault(pack_root: Path):
    change(exercise_folder(pack_root, "shell/upper") / "exercise.toml", links=["https://127.0.0.1:1/"])
    brief = exercise_folder(pack_root, "shell/upper") / "README.md"
    put(brief, brief.read_text().replace("https://docs.python.org/3/tutorial/", "https://127.0.0.1:1/"))
    done = run_learn("pack", "check", "--links", "--exercise", "shell/upper", cwd=pack_root)
    assert done.returncode == 0, done.stdout
    assert "No answer from https://127.0.0.1:1/: ConnectError" in done.stdout

"""`learn pack mutate` from the command line."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import LEARN, environment, run_learn
from tests.packs import answer_folder, put

FILE = answer_folder(Path(), "start/double", "right/times") / "double.py"
NOTES = FILE.parents[2] / "equivalent.toml"
GUARDED = "def double(n):\n    if n < -7:\n        return n + n\n    return n * 2\n"
ONE = ("--exercise", "start/double", "--first-seed", "5")


def test_no_survivor_exits_with_0(pack_root: Path):
    done = run_learn("pack", "mutate", str(pack_root), "--first-seed", "5", cwd=pack_root.parent)
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    told = sorted(lines[:4])  # as they are done
    assert re.fullmatch(r"start/double python: \d+ mutants, 0 survived", told[-1])
    assert {told[0], told[1]} == {
        f"{name}: nothing to mutate: no Python, JavaScript or SQL" for name in ("shell/upper", "git/one-commit")
    }
    assert re.fullmatch(r"all( +\d+){5} +100.0%", lines[-2])
    assert lines[-1] == "seeds from 5"
    assert max(map(len, lines)) <= 80


def test_survivors_are_told_and_can_be_accepted(pack_root: Path):
    put(pack_root / FILE, GUARDED)
    done = run_learn("pack", "mutate", *ONE, cwd=pack_root)
    assert done.returncode == 4
    assert "    -    if n < -7:\n    +    if n <= -7:\n" in done.stdout
    [id] = re.findall(r"^  (\S+)  right/times/double.py:2  limit moved$", done.stdout, re.MULTILINE)
    assert f"--accept {re.search('--accept (.*?) ', done.stdout)[1]} --because" in done.stdout
    noted = run_learn("pack", "mutate", "--accept", id, "--because", 'both ways: "2n"', cwd=pack_root)
    assert (noted.returncode, noted.stdout.split()[0]) == (0, id)
    [note] = tomllib.loads((pack_root / NOTES).read_text(encoding="utf-8"))["mutants"]
    assert note == {
        "id": id,
        "place": "right/times/double.py",
        "before": "if n < -7:",
        "after": "if n <= -7:",
        "because": 'both ways: "2n"',
    }
    again = run_learn("pack", "mutate", "--accept", id, cwd=pack_root)
    assert (again.returncode, "noted already" in again.stdout) == (0, True)
    assert id not in run_learn("pack", "mutate", *ONE, cwd=pack_root).stdout
    put(pack_root / FILE, "def double(n):\n    return n * 2\n")
    gone = run_learn("pack", "mutate", *ONE, cwd=pack_root)
    assert gone.returncode == 0
    assert f"{id} of right/times/double.py is noted" in gone.stdout


def test_json(pack_root: Path):
    put(pack_root / FILE, GUARDED)
    done = run_learn("pack", "mutate", "--json", "--most", "5", *ONE, cwd=pack_root)
    assert done.returncode == 4
    report = json.loads(done.stdout)
    assert (report["schema"], report["seeds"], report["faults"], report["blocked"]) == (1, [5, 6], [], {})
    counts = report["topics"]["start"]
    assert 5 <= counts["tried"] == counts["killed"] + counts["survived"] <= 10
    assert counts["survived"] == len(report["survivors"]) > 0
    assert counts["not_tried"] > 5
    assert report["survivors"][0]["diff"].startswith("--- a/right/times/double.py\n")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--exercise", "start/none"], "no exercise start/none"),
        (["--accept", "0123456789"], "No right answer has a mutant 0123456789."),
        (["--accept", "../x\x1b[31m"], "No right answer has a mutant"),
        (["--because", "why"], "--accept names"),
        (["--seeds", "0"], "not in the range"),
        (["--most", "-1"], "not in the range"),
        (["--jobs", "0"], "not in the range"),
    ],
)
def test_wrong_usage(pack_root: Path, args: list[str], words: str):
    done = run_learn("pack", "mutate", *args, cwd=pack_root)
    assert done.returncode == 2
    assert words in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("text", ["mutants = 3\n", "[[mutants]]\nid = 5\n", "[[mutants\n", '[[mutant]]\nid = "a"\n'])
def test_notes_that_cannot_be_read(pack_root: Path, text: str):
    put(pack_root / NOTES, text)
    for args in (ONE, ("--accept", "0")):
        done = run_learn("pack", "mutate", *args, cwd=pack_root)
        assert done.returncode == (4 if args is ONE else 2)
    assert (pack_root / NOTES).read_text(encoding="utf-8") == text
    assert "equivalent.toml" in run_learn("pack", "mutate", *ONE, cwd=pack_root).stderr


def test_a_note_that_cannot_be_added_changes_nothing(pack_root: Path):
    put(pack_root / FILE, GUARDED)
    put(pack_root / NOTES, "mutants = []\n")
    id = json.loads(run_learn("pack", "mutate", "--json", *ONE, cwd=pack_root).stdout)["survivors"][0]["id"]
    done = run_learn("pack", "mutate", "--accept", id, cwd=pack_root)
    assert (done.returncode, "cannot be added" in done.stderr) == (2, True)
    assert (pack_root / NOTES).read_text(encoding="utf-8") == "mutants = []\n"


def test_breaking_off_ends_soon_and_leaves_nothing(pack_root: Path, tmp_path: Path):
    put(pack_root / FILE, GUARDED)
    (tmp_path / "t").mkdir()
    process = subprocess.Popen(
        [LEARN, "pack", "mutate", "--seeds", "500"],
        cwd=pack_root,
        env=environment(TMPDIR=str(tmp_path / "t")),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    while not list((tmp_path / "t").glob("learn-mutants-*/*/1")):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    words = process.communicate(timeout=30)[0]
    assert process.returncode == 130
    assert "Traceback" not in words
    assert not list((tmp_path / "t").glob("learn-mutants-*"))

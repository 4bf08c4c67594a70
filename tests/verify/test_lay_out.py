"""Laying out an exercise: its starter, then its setup in a process of its own, which may fail in words."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from runner.errors import BlockedError, PackError
from runner.verify import lay_out as module
from runner.verify.lay_out import Layer, lay_out
from tests.packs import put
from tests.verify.exercises import write_exercise

CHECKS = 'def test_one():\n    """one"""\n'


@pytest.fixture
def exercise(tmp_path):
    return write_exercise(tmp_path / "pack", CHECKS, starter={"solution.py": "x = 1\n", "data/a.txt": "a\n"})


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "learner").mkdir()
    return tmp_path / "learner"


def setup_of(exercise, text):
    put(exercise.folder / "setup.py", text)


def test_the_starter_is_copied_with_its_run_bits_and_without_caches(exercise, folder):
    starter = exercise.starter("python")
    put(starter / "run.sh", "exit 0\n").chmod(0o755)
    put(starter / "__pycache__" / "x.pyc", "")
    (starter / "empty").mkdir()
    assert lay_out(exercise, "python", folder, 1) == {}
    assert sorted(os.listdir(folder)) == ["data", "empty", "run.sh", "solution.py"]
    assert stat.S_IMODE((folder / "run.sh").stat().st_mode) & 0o100


def test_a_setup_gets_folder_and_random_numbers_and_gives_facts(exercise, folder, tmp_path):
    code = "def setup(folder, rng):\n    (folder / 'made.txt').write_text('x')\n"
    setup_of(
        exercise, code + "    return {'number': rng.randrange(10**9), 'there': (folder / 'solution.py').exists()}\n"
    )
    facts = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        (tmp_path / name).mkdir()
        facts.append(lay_out(exercise, "python", tmp_path / name, seed))
        assert (tmp_path / name / "made.txt").exists()
    assert facts[0]["there"] is True
    assert facts[0] == facts[1] != facts[2]


def test_a_setup_that_returns_nothing_gives_no_facts(exercise, folder):
    setup_of(exercise, "def setup(folder, rng):\n    pass\n")
    assert lay_out(exercise, "python", folder, 1) == {}


def test_what_a_setup_and_its_programs_print_is_no_fact(exercise, folder):
    code = "import os, sys\ndef setup(folder, rng):\n    print('{')\n    os.system('echo noise')\n"
    setup_of(exercise, code + "    return {'a': 'ü' * 100_000}\n")
    assert lay_out(exercise, "python", folder, 1) == {"a": "ü" * 100_000}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def setup(folder, rng):\n    raise ValueError('no luck')\n", "ValueError: no luck"),
        ("def setup(folder, rng):\n    import os\n    os._exit(3)\n", "exit status 3"),
        ("def setup(folder, rng):\n    return {'a': object()}\n", "not JSON serializable"),
        ("def other():\n    pass\n", "setup"),
        ("def setup(:\n", "SyntaxError"),
        ("import no_such_module\n", "no_such_module"),
    ],
    ids=["raises", "leaves", "no plain data", "no function", "does not parse", "imports nothing"],
)
def test_a_setup_that_fails_is_the_packs_fault_in_words(exercise, folder, code, words):
    setup_of(exercise, code)
    with pytest.raises(PackError) as caught:
        lay_out(exercise, "python", folder, 1)
    assert words in str(caught.value)
    assert "setup.py" in str(caught.value)
    assert caught.value.exit_code == 4


def test_a_setup_without_end_is_ended(exercise, folder, monkeypatch):
    setup_of(exercise, "def setup(folder, rng):\n    while True:\n        pass\n")
    monkeypatch.setattr(module, "SETUP_LIMIT", 0.3)
    with pytest.raises(PackError, match=r"nothing after 0\.3 s"):
        lay_out(exercise, "python", folder, 1)


def test_one_after_another_each_begins_as_the_first_did(exercise, folder, monkeypatch):
    """Whatever one leaves in its process, ends, or waits for, the next one does not meet."""
    leaves = "import json, os\ndef setup(folder, rng):\n"
    leaves += "    before = getattr(json, 'left', 'nothing')\n    json.left = 'this'\n"
    endings = {
        "    return {'before': before, 'parent': os.getppid()}\n": None,
        "    raise ValueError(before)\n": "ValueError: nothing",
        "    os.kill(os.getpid(), 9)\n": "SIGKILL",
        "    input()\n": "EOFError",
        "    import time\n    time.sleep(60)\n": r"nothing after 0\.3 s",
    }
    parents = []
    with Layer() as layer:
        for ending, words in endings.items():
            setup_of(exercise, leaves + next(iter(endings)))
            facts = layer.lay_out(exercise, "python", folder, 1)
            assert facts["before"] == "nothing"
            parents.append(facts["parent"])
            if words:
                setup_of(exercise, leaves + ending)
                monkeypatch.setattr(module, "SETUP_LIMIT", 0.3 if "0" in words else 30)
                with pytest.raises(PackError, match=words):
                    layer.lay_out(exercise, "python", folder, 1)
    assert len(set(parents)) == 1
    assert not Path("/proc", str(parents[0])).exists()


def test_a_setup_is_not_touched_by_the_callers_python(exercise, folder, tmp_path, monkeypatch):
    put(tmp_path / "evil" / "json.py", "1 / 0\n")
    put(tmp_path / "evil" / "sitecustomize.py", "import os\nos._exit(0)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "evil"))
    monkeypatch.chdir(tmp_path / "evil")
    setup_of(exercise, "import sys\ndef setup(folder, rng):\n    return {'bytecode': not sys.dont_write_bytecode}\n")
    assert lay_out(exercise, "python", folder, 1) == {"bytecode": False}


def test_a_missing_engine_blocks_before_the_setup_is_run(tmp_path, folder, monkeypatch):
    exercise = write_exercise(tmp_path / "pack", CHECKS, engines=["git"])
    setup_of(exercise, "raise SystemExit(1)\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BlockedError, match="git") as caught:
        lay_out(exercise, "python", folder, 1)
    assert caught.value.exit_code == 3
    assert caught.value.rows[-1][0] == "next"

"""Which level a run gets: the best that is to be had, what somebody requires, or none at all and words."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.isolation import LEVELS, enough, higher
from runner.isolation.container import LABEL
from runner.verify.trial import run_once
from tests.cli.conftest import Learn
from tests.conftest import absent
from tests.packs import change
from tests.verify.exercises import write_exercise, write_files

linux = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")

CHECKS = '''
def test_answers(learner):
    """answer() returns 42"""
    assert learner.call("solution:answer") == 42
'''
RIGHT = {"solution.py": "def answer():\n    return 42\n"}

WITHOUT = [
    "unshare",
    "--user",
    "--map-root-user",
    "sh",
    "-c",
    'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"',
    "-",
]
"""Runs a command where Linux gives no namespaces."""


def test_the_ladder():
    assert LEVELS == ("none", "group", "namespaces", "container")
    assert higher("group", "container") == higher("container", "group") == "container"
    assert enough("namespaces", "group") and enough("group", "group") and not enough("group", "namespaces")


@pytest.mark.parametrize("level", ["none", "group", pytest.param("namespaces", marks=linux)])
def test_a_verdict_names_the_level_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str):
    monkeypatch.setenv("LEARN_ISOLATION", level)
    exercise = write_exercise(tmp_path / "pack", CHECKS)
    verdict = run_once(exercise, write_files(tmp_path / "right", RIGHT), "python")
    assert (verdict.status, verdict.isolation) == ("passed", level)


def test_a_level_that_there_is_not_is_told_with_those_there_are(learn: Learn):
    done = learn("run", env={"LEARN_ISOLATION": "bubble"})
    assert done.returncode == 2
    assert "LEARN_ISOLATION is 'bubble'" in done.stderr and "namespaces" in done.stderr
    assert "unset LEARN_ISOLATION" in done.stderr


@linux
def test_where_the_system_refuses_runs_go_on_with_less_and_say_so(learn: Learn):
    done = learn("run", "--json", before=WITHOUT)
    assert json.loads(done.stdout)["isolation"] == "group", done.stderr
    rows = json.loads(learn("doctor", "--json", before=WITHOUT).stdout)["isolation"]
    refusals = {each["level"]: each["refusal"] for each in rows}
    assert refusals["group"] == ""
    assert "max_user_namespaces" in refusals["namespaces"]


@linux
@pytest.mark.parametrize("who", ["the person", "the exercise", "the pack"])
def test_what_somebody_requires_is_never_replaced_by_less(learn: Learn, pack_root: Path, who: str):
    env = {"LEARN_ISOLATION": "namespaces"} if who == "the person" else {}
    if who == "the exercise":
        change(next(pack_root.glob("exercises/*/*/double/exercise.toml")), isolation="namespaces")
    if who == "the pack":
        change(pack_root / "pack.toml", isolation="namespaces")
    assert json.loads(learn("run", "--json", env=env).stdout)["isolation"] == "namespaces"
    done = learn("run", "--json", env=env, before=WITHOUT)
    assert done.returncode == 3
    verdict = json.loads(done.stdout)
    assert verdict["status"] == "blocked" and verdict["checks"] == []
    assert verdict["problem"].startswith("Runs must be isolated by namespaces, and this system gives less.")
    assert verdict["advice"] == "learn doctor"


def ask_docker(*args: str) -> list[str]:
    """The words that `docker ARGS` prints."""
    return subprocess.run(["docker", *args], capture_output=True, text=True, check=True, timeout=60).stdout.split()


@pytest.fixture
def docker() -> Callable[..., list[str]]:
    """`docker ARGS`; a test that asks for it needs a Docker engine that answers."""
    try:
        ask_docker("info", "--format={{.ID}}")
    except (OSError, subprocess.SubprocessError) as error:
        absent(f"a Docker engine that answers ({error}): apt-get install docker.io, then start dockerd")
    return ask_docker


@linux
def test_a_container_gives_the_same_verdicts_and_nothing_of_it_is_left(
    docker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = docker("ps", "--all", "--quiet", f"--filter=label={LABEL}")
    monkeypatch.setenv("LEARN_ISOLATION", "container")
    exercise = write_exercise(tmp_path / "pack", CHECKS)
    for text, status in ((RIGHT, "passed"), ({"solution.py": "def answer():\n    return 41\n"}, "failed")):
        verdict = run_once(exercise, write_files(tmp_path / status, text), "python")
        assert (verdict.status, verdict.isolation) == (status, "container")
    assert docker("ps", "--all", "--quiet", f"--filter=label={LABEL}") == before


@linux
def test_without_docker_a_container_is_not_replaced_by_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LEARN_ISOLATION", "container")
    monkeypatch.setenv("PATH", str(tmp_path))
    exercise = write_exercise(tmp_path / "pack", CHECKS)
    verdict = run_once(exercise, write_files(tmp_path / "right", RIGHT), "python")
    assert verdict.status == "blocked"
    assert "There is no docker on PATH." in verdict.problem


MANY = """
import os, time
def answer():
    for _ in range(8):
        if os.fork() == 0:
            held = bytearray(400 << 20)
            held[::4096] = bytes([1]) * len(held[::4096])
            time.sleep(60)
    time.sleep(60)
"""


@linux
def test_in_a_container_all_processes_together_have_a_limit(docker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LEARN_ISOLATION", "container")
    exercise = write_exercise(tmp_path / "pack", CHECKS, memory=512)
    verdict = run_once(exercise, write_files(tmp_path / "many", {"solution.py": MANY}), "python")
    assert verdict.status != "passed"

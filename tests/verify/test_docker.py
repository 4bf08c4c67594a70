"""Runs that use Docker: in their room, cancelled, killed, without what they need; nothing of theirs is left."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docker as driver
import pytest

from runner.engines import Found, Missing, docker
from runner.engines.docker import OWNER
from runner.engines.find import ENGINES, find
from runner.engines.images import PREFIX
from runner.isolation import Level
from runner.packs.models import Exercise
from runner.verify.trial import follow, run_once
from tests.conftest import absent
from tests.verify.exercises import write_exercise, write_files
from tests.verify.test_databases import checker_of, until

BASE = "python:3.11-slim"
CHECKS = '''
from pathlib import Path


def test_runs(image, container):
    """the image runs"""
    ran = container.launch(image.build())
    assert ran.exit_code(20) == 0
    assert "hello" in ran.logs()[0]


def test_reaches_nothing(learner, image):
    """the learner's own programs reach no engine"""
    sockets = learner.call("look:sockets", str(Path(image._engine.place).parent))
    assert sockets == []
'''
LOOK = """
import os

def sockets(folder):
    return os.listdir(folder) if os.path.isdir(folder) else []
"""
DOCKERFILE = f"FROM {BASE}\nCMD echo hello\n"
ENDLESS = f"FROM {BASE}\nCOPY stamp .\nRUN sleep 1000\n"
DEADLINE = 30.0


@pytest.fixture
def api() -> Iterator[Any]:
    """The engine, with the base image."""
    found = find("docker")
    for each in (found, find(f"{PREFIX}{BASE}")):
        if isinstance(each, Missing):
            absent(each.reason)
    assert isinstance(found, Found)
    client = driver.APIClient(found.path)
    yield client
    client.close()


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    return write_exercise(tmp_path / "pack", CHECKS, engines=["docker"], images=[BASE], timeout=30)


def left(api: Any) -> list[str]:
    """What carries our label."""
    ours = {"label": [OWNER]}
    return [each["Id"] for each in (*api.containers(all=True, filters=ours), *api.images(filters=ours))]


def sleeping() -> list[str]:
    """The processes of builds that have no end."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[:2] == [b"sleep", b"1000"]:
            found.append(place.parent.name)
    return found


def poll(condition: Callable[[], bool]) -> bool:
    limit = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("level", ["group", "namespaces", "container"])
def test_a_run_leaves_nothing(api, exercise, tmp_path, level: Level, monkeypatch):
    monkeypatch.setenv("LEARN_ISOLATION", level)
    folder = write_files(tmp_path / "work", {"Dockerfile": DOCKERFILE, "look.py": LOOK})
    with checker_of(exercise, "python") as (checker, versions):
        for _ in range(2):
            verdict = follow(checker, folder, 1, {}, versions)
            if level == "container":  # no container for a run that is given the engine
                assert verdict.status == "blocked" and "container of Docker's" in verdict.problem
                return
            passed = {each.id for each in verdict.checks if each.status == "passed"}
            assert "runs" in passed and ("reaches-nothing" in passed) == (level == "namespaces"), verdict
    assert poll(lambda: not left(api))
    assert verdict.engines["docker"] and verdict.engines[f"{PREFIX}{BASE}"]


def test_a_build_that_is_cancelled_ends_and_leaves_nothing(api, exercise, tmp_path):
    with checker_of(exercise, "python") as (checker, versions):
        for number in range(2):
            files = {"Dockerfile": ENDLESS, "look.py": LOOK, "stamp": os.urandom(8).hex()}
            checker.run(write_files(tmp_path / f"endless-{number}", files), 1, {})
            assert poll(lambda: bool(sleeping()))
            checker.cancel()
            until(checker, "end", how="cancelled")
            assert poll(lambda: not sleeping())
        folder = write_files(tmp_path / "work", {"Dockerfile": DOCKERFILE, "look.py": LOOK})
        assert follow(checker, folder, 1, {}, versions).passed
    assert poll(lambda: not left(api))


def test_a_checker_that_is_killed_in_a_build_leaves_nothing(api, exercise, tmp_path):
    files = {"Dockerfile": ENDLESS, "look.py": LOOK, "stamp": os.urandom(8).hex()}
    with checker_of(exercise, "python") as (checker, _):
        checker.run(write_files(tmp_path / "work", files), 1, {})
        until(checker, "begun")
        assert poll(lambda: bool(sleeping()))
        os.kill(checker.pid, signal.SIGKILL)
        assert poll(lambda: not sleeping() and not left(api))


def test_an_engine_that_ends_blocks_the_run_and_the_next_one_is_judged(api, exercise, tmp_path, monkeypatch):
    """The engine is reached by a bridge here, since others use it; the bridge is what ends."""
    import subprocess

    from runner.engines import bridge

    engine = find("docker")
    assert isinstance(engine, Found)
    place = Path("/tmp", f"engine-{os.getpid()}.sock")
    argv = [sys.executable, "-P", bridge.__file__, str(place), docker.target(engine.path)]
    process = subprocess.Popen(argv)
    try:
        assert poll(place.exists)
        monkeypatch.setenv("DOCKER_HOST", f"unix://{place}")
        files = {"Dockerfile": ENDLESS, "look.py": LOOK, "stamp": os.urandom(8).hex()}
        with checker_of(exercise, "python") as (checker, _):
            checker.run(write_files(tmp_path / "endless", files), 1, {})
            assert poll(lambda: bool(sleeping()))
            process.kill()
            seen = until(checker, "fault")
        assert seen[-1]["words"] == "The engine docker has ended." and seen[-1]["blocked"]
        folder = write_files(tmp_path / "work", {"Dockerfile": DOCKERFILE, "look.py": LOOK})
        assert run_once(exercise, folder, "python").status == "blocked"
        place.unlink()
        process = subprocess.Popen(argv)
        assert poll(lambda: run_once(exercise, folder, "python").passed)
        assert poll(lambda: not left(api))  # while there is a way to the engine for whoever removes it
    finally:
        process.kill()
        process.wait()
        place.unlink(missing_ok=True)
    assert poll(lambda: not left(api) and not sleeping())


def test_without_the_engine_or_the_image_the_exercise_is_blocked_and_says_what_helps(api, tmp_path, monkeypatch):
    folder = write_files(tmp_path / "work", {"Dockerfile": DOCKERFILE, "look.py": LOOK})
    image = "127.0.0.1:1/not/here:1"
    exercise = write_exercise(tmp_path / "other", CHECKS, engines=["docker"], images=[image])
    told: list[str] = []
    verdict = run_once(exercise, folder, "python", tell=told.append)
    assert told[0] == f"Fetching image {image} with Docker, this once ..."
    assert verdict.status == "blocked" and verdict.advice.startswith(f"docker pull {image}")
    monkeypatch.setitem(ENGINES, "docker", lambda environ: Missing("docker", "not here", "install it"))
    monkeypatch.setattr("runner.engines.docker.find", lambda environ: Missing("docker", "not here", "install it"))
    verdict = run_once(exercise, folder, "python")
    assert verdict.problem.count("docker:") == 1 and verdict.advice == "install it"

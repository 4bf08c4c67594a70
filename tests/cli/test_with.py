"""`learn with`: engines for the learner's own tries."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from runner.engines import Missing
from runner.engines.find import find
from tests.cli.conftest import LEARN, environment, run_learn
from tests.conftest import absent

TRIES = {
    "mongodb": """
from pymongo import MongoClient
pets = MongoClient(os.environ["MONGODB_URI"])["try_it"].pets
pets.drop()
pets.insert_one({"name": "Ada"})
print(pets.find_one()["name"])
""",
    "redis": """
import redis
cache = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
cache.set("pet", "Ada")
print(cache.get("pet"))
cache.delete("pet")
""",
    "postgresql": """
import psycopg
print(psycopg.connect(os.environ["DATABASE_URL"]).execute("SELECT 'Ada'").fetchone()[0])
""",
}


def here(*names: str) -> None:
    for name in names:
        if isinstance(engine := find(name), Missing):
            absent(engine.reason)


@pytest.mark.parametrize("name", TRIES)
def test_a_program_reaches_the_engine_and_its_exit_status_comes_back(tmp_path: Path, name: str):
    here(name)
    program = f"import os, sys\n{TRIES[name]}\nsys.exit(7)"
    done = run_learn("with", name, sys.executable, "-c", program, cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("Ada\n", 7), done.stderr


def test_several_at_once_and_the_command_keeps_its_own_options(tmp_path: Path):
    here("mongodb", "redis")
    done = run_learn("with", "mongodb,redis", "env", "--null", cwd=tmp_path)
    assert done.returncode == 0
    assert "\0MONGODB_URI=mongodb://127.0.0.1:" in done.stdout and "\0REDIS_URL=redis://127.0.0.1:" in done.stdout


def test_without_a_command_it_runs_until_ctrl_c(tmp_path: Path):
    here("redis")
    process = subprocess.Popen(
        [LEARN, "with", "redis"], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    name, _, address = process.stdout.readline().strip().partition("=")
    program = f"import os\n{TRIES['redis']}"
    tried = subprocess.run([sys.executable, "-c", program], env={**os.environ, name: address}, check=True)
    assert tried.returncode == 0
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["oracle", "true"], 2, "mongodb, postgresql, redis"),
        (["redis", "no-such-command"], 2, "no-such-command cannot be run"),
    ],
)
def test_what_cannot_be(tmp_path: Path, args: list[str], code: int, words: str):
    here("redis")
    done = run_learn("with", *args, cwd=tmp_path)
    assert done.returncode == code
    assert words in done.stderr


def test_without_the_engine_it_is_blocked(tmp_path: Path):
    done = run_learn("with", "redis", "true", cwd=tmp_path, env={"REDIS_URL": "redis://127.0.0.1:1/0"})
    assert done.returncode == 3
    assert "REDIS_URL" in done.stderr

"""MongoDB and Redis in whole runs: functions and services, in both languages, with and without rooms."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from pymongo import MongoClient
from redis import Redis

from runner.engines import Missing, held
from runner.engines.find import ENGINES, find
from runner.engines.provide import PROVIDERS
from runner.isolation import Level
from runner.kit.mongodb import PREFIX
from runner.packs.models import Exercise
from runner.verify.client import Checker
from runner.verify.trial import engines_of, follow, run_once, tools_of, versions_of
from tests.conftest import absent
from tests.engines.test_held import tcp_door
from tests.verify.exercises import poll, until, write_exercise, write_files

FUNCTIONS = '''
def test_stores(learner, mongo, redis):
    """it stores a pet and counts it"""
    mongo.fill("pets")
    learner.call("solution:store", mongo.handle(), redis.handle(), "Ada")
    assert [each["name"] for each in mongo.collection("pets").find()] == ["Ada"]
    assert redis.client.get("pets") == "1"
    assert [each.name for each in mongo.profile()] == ["insert"]


def test_again(learner, mongo, redis):
    """it stores the same pet once more"""
    learner.call("solution:store", mongo.handle(), redis.handle(), "Ada")
    assert mongo.collection("pets").count_documents({}) == 2
    assert redis.client.get("pets") == "2"
'''
SERVICES = '''
def test_counts(api, mongo, redis):
    """it counts visits and keeps them"""
    assert api.post("/visits").status(201).json() == {"visits": 1}
    assert api.post("/visits").status(201).json() == {"visits": 2}
    assert mongo.collection("visits").count_documents({}) == 2
    assert redis.client.keys() == ["visits"]


def test_down(api, mongo, redis):
    """it says so when Redis is down, and goes on when it is back"""
    redis.stop()
    api.post("/visits").status(503)
    redis.start()
    assert api.post("/visits").status(201).json() == {"visits": 3}


def test_two(api, mongo, redis):
    """two instances share both, also once Redis was down"""
    redis.stop()
    redis.start()
    other = api.start()
    assert other.post("/visits").status(201).json() == {"visits": 4}
    assert mongo.collection("visits").count_documents({}) == 4
'''
STORE = {
    "python": """
def store(db, cache, name):
    db.pets.insert_one({"name": name})
    cache.incr("pets")
""",
    "javascript": """
export async function store(db, cache, name) {
  await db.collection("pets").insertOne({ name });
  await cache.incr("pets");
}
""",
}
SERVICE = {
    "python": """
import os

import pymongo
import redis
from flask import Flask

app = Flask(__name__)
db = pymongo.MongoClient(os.environ["MONGODB_URI"]).get_default_database()
cache = redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=1)


@app.post("/visits")
def visit():
    try:
        visits = cache.incr("visits")
    except redis.RedisError:
        return {"error": "no cache"}, 503
    db.visits.insert_one({"number": visits})
    return {"visits": visits}, 201


app.run(port=int(os.environ["PORT"]))
""",
    "javascript": """
import express from "express";
import { MongoClient } from "mongodb";
import { createClient } from "redis";

const app = express();
const db = new MongoClient(process.env.MONGODB_URI).db();

app.post("/visits", async (request, response) => {
  const cache = createClient({ url: process.env.REDIS_URL, socket: { reconnectStrategy: false } });
  cache.on("error", () => {});
  let visits;
  try {
    await cache.connect();
    visits = await cache.incr("visits");
  } catch {
    return response.status(503).json({ error: "no cache" });
  }
  cache.destroy();
  await db.collection("visits").insertOne({ number: visits });
  response.status(201).json({ visits });
});

app.listen(process.env.PORT, "127.0.0.1");
""",
}
KINDS = {
    "functions": (FUNCTIONS, STORE, {"python": "solution.py", "javascript": "solution.mjs"}),
    "services": (SERVICES, SERVICE, {"python": "app.py", "javascript": "app.mjs"}),
}


@pytest.fixture(params=["python", "javascript"])
def language(request) -> str:
    """A language whose engines are here."""
    for name in ("mongodb", "redis"):
        if isinstance(engine := find(name), Missing):
            absent(engine.reason)
    for name in PROVIDERS if request.param == "javascript" else ():
        if isinstance(package := PROVIDERS[name](dict(os.environ)), Missing):
            absent(package.reason)
    return str(request.param)


@pytest.fixture(params=list(KINDS))
def kind(request) -> str:
    return str(request.param)


def exercise_of(root: Path, kind: str) -> Exercise:
    checks = KINDS[kind][0]
    engines = ["mongodb", "redis", "express"]
    return write_exercise(root, checks, languages=["python", "javascript"], engines=engines, timeout=15)


def answer(kind: str, language: str) -> dict[str, str | bytes]:
    _, texts, files = KINDS[kind]
    return {files[language]: texts[language]}


@pytest.mark.parametrize("level", ["group", "namespaces"])
def test_a_run_reaches_both_servers(tmp_path, kind, language, level: Level, monkeypatch):
    monkeypatch.setenv("LEARN_ISOLATION", level)
    exercise = exercise_of(tmp_path / "pack", kind)
    with checker_of(exercise, language) as (checker, versions):
        for number in range(3):  # each run begins with nothing of the one before
            folder = write_files(tmp_path / f"work-{number}", answer(kind, language))
            verdict = follow(checker, folder, 1, {}, versions)
            assert verdict.passed and verdict.isolation == level, verdict
    assert {"mongodb", "redis"} <= verdict.engines.keys()


def test_servers_at_addresses_serve_runs_as_our_own_do(tmp_path, kind, language, monkeypatch):
    """Those that somebody else runs, at ports: here our own ones, through doors."""
    with ExitStack() as stack:
        ports = {name: stack.enter_context(door_to(name)) for name in ("mongodb", "redis")}
        redis = stack.enter_context(using("redis")).address
        user, password = redis["user"], redis["password"]
        monkeypatch.setenv("MONGODB_URI", f"mongodb://127.0.0.1:{ports['mongodb']}/?directConnection=true")
        monkeypatch.setenv("REDIS_URL", f"redis://{user}:{password}@127.0.0.1:{ports['redis']}/0")
        exercise = exercise_of(tmp_path / "pack", kind)
        with checker_of(exercise, language) as (checker, versions):
            folder = write_files(tmp_path / "work", answer(kind, language))
            for _ in range(2):
                verdict = follow(checker, folder, 1, {}, versions)
                assert verdict.passed, verdict


def test_after_a_run_that_was_cancelled_the_next_begins_with_nothing(tmp_path, language):
    exercise = exercise_of(tmp_path / "pack", "functions")
    endless = {"python": "\n    while True: pass\n", "javascript": "\nstore.constructor;\nwhile (true) {}\n"}
    files = answer("functions", language)
    slow = {name: str(text).rstrip().removesuffix("}") + endless[language] for name, text in files.items()}
    if language == "javascript":
        slow = {name: text.replace("store.constructor;\n", "") + "}\n" for name, text in slow.items()}
    with checker_of(exercise, language) as (checker, versions):
        for number in range(3):
            checker.run(write_files(tmp_path / f"slow-{number}", slow), 1, {})
            until(checker, "start")
            checker.cancel()
            until(checker, "end", how="cancelled")
        assert follow(checker, write_files(tmp_path / "work", files), 1, {}, versions).passed


@pytest.mark.parametrize("level", ["group", "namespaces"])
def test_what_a_killed_checker_leaves_on_the_servers_goes_with_the_next_run(tmp_path, level: Level, monkeypatch):
    for name in ("mongodb", "redis"):
        if isinstance(engine := find(name), Missing):
            absent(engine.reason)
    monkeypatch.setenv("LEARN_ISOLATION", level)
    exercise = exercise_of(tmp_path / "pack", "functions")
    right = answer("functions", "python")
    slow = {name: f"{text}    while True: pass\n" for name, text in right.items()}
    with using("mongodb") as mongodb, using("redis") as redis:
        before = kept(mongodb, redis)
        with checker_of(exercise, "python") as (checker, _):
            checker.run(write_files(tmp_path / "slow", slow), 1, {})
            until(checker, "start")
            assert poll(lambda: len(kept(mongodb, redis) - before) >= 2)
            left = kept(mongodb, redis) - before
            os.kill(checker.pid, signal.SIGKILL)
        with checker_of(exercise, "python") as (checker, versions):
            folder = write_files(tmp_path / "work", right)
            assert poll(lambda: follow(checker, folder, 1, {}, versions).passed and not left & kept(mongodb, redis))


def kept(mongodb: held.Held, redis: held.Held) -> set[str]:
    """What runs have on the servers: MongoDB's databases, and the owners of Redis'."""
    places = [f"{each.address['socket']}/{each.address['name']}" for each in (mongodb, redis)]
    client: MongoClient[dict[str, Any]]
    with MongoClient(f"mongodb://{quote_plus(places[0])}/?directConnection=true") as client:
        names = {each for each in client.list_database_names() if each.startswith(PREFIX)}
    last = int(redis.address["databases"]) - 1
    login = {"username": redis.address["user"], "password": redis.address["password"], "decode_responses": True}
    with Redis(unix_socket_path=places[1], db=last, **login) as ledger:
        return names | {ledger.get(key) for key in ledger.scan_iter("*")}


@pytest.mark.parametrize("name", ["mongodb", "redis"])
def test_a_server_that_ends_blocks_the_run_and_the_next_one_has_a_new_one(tmp_path, own_engines, name):
    if isinstance(engine := find(name), Missing):
        absent(engine.reason)
    exercise = exercise_of(tmp_path / "pack", "functions")
    folder = write_files(tmp_path / "work", answer("functions", "python"))
    with checker_of(exercise, "python") as (checker, versions):
        assert follow(checker, folder, 1, {}, versions).passed
        end(name)
        verdict = follow(checker, folder, 1, {}, versions)
    assert (verdict.status, verdict.problem) == ("blocked", f"The engine {name} has ended.")
    assert run_once(exercise, folder, "python").passed


def test_a_person_is_told_that_servers_are_started_and_only_then(tmp_path, own_engines, language):
    exercise = exercise_of(tmp_path / "pack", "functions")
    folder = write_files(tmp_path / "work", answer("functions", language))
    told: list[str] = []
    for _ in range(2):
        assert run_once(exercise, folder, language, tell=told.append).passed
    assert told == ["Starting mongodb and redis ..."]


@pytest.mark.parametrize("name", ["mongodb", "redis"])
def test_a_server_that_ends_in_the_middle_of_a_run_is_no_mistake_of_the_learners(tmp_path, own_engines, name):
    """Also where the run is done before the keeper has seen it."""
    if isinstance(engine := find(name), Missing):
        absent(engine.reason)
    exercise = exercise_of(tmp_path / "pack", "functions")
    waits = "\n    import time\n    while True:\n        db.pets.insert_one({})\n        cache.incr('pets')\n"
    files = {"solution.py": str(answer("functions", "python")["solution.py"]).rstrip() + waits}
    with checker_of(exercise, "python") as (checker, _):
        number = checker.run(write_files(tmp_path / "work", files), 1, {})
        until(checker, "start")
        end(name)
        seen = until(checker, "fault")
    assert seen[-1]["words"] == f"The engine {name} has ended." and seen[-1]["blocked"]
    assert not [each for each in seen if each["event"] == "end" and each["run"] == number]


FILLS = """
def store(db, cache, name):
    for number in range(100):
        db.pets.insert_one({"name": name, "text": os.urandom(1 << 20)})
"""
JUDGE = """
import json, sys
from pathlib import Path
from runner.verify.trial import run_once
from tests.verify.test_databases import exercise_of
verdict = run_once(exercise_of(Path(sys.argv[1]), "functions"), Path(sys.argv[2]), "python")
print(verdict.status, verdict.problem, verdict.advice)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk")
@pytest.mark.parametrize(("size", "words"), [("300k", "did not start"), ("12m", "")])
def test_a_full_disk_is_no_mistake_of_the_learners(tmp_path, own_engines, size, words):
    """Their files lie on a small disk that only this test's processes see; it is full from the start, or soon."""
    folder = write_files(tmp_path / "work", {"solution.py": f"import os\n{FILLS}"})
    small = 'mount -t tmpfs -o "size=$1" none "$TMPDIR" && shift && exec "$@"'
    judge = [sys.executable, "-c", JUDGE, str(tmp_path / "pack"), str(folder)]
    command = ["unshare", "--mount", "sh", "-c", small, "sh", size, *judge]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.startswith("blocked "), done
    assert words in done.stdout and "The disk is full: " in done.stdout


@pytest.mark.parametrize("name", ["mongodb", "redis"])
def test_without_a_server_the_exercise_is_blocked(tmp_path, name, monkeypatch):
    monkeypatch.setitem(ENGINES, name, lambda environ: Missing(name, "not here", "install it"))
    exercise = exercise_of(tmp_path / "pack", "functions")
    verdict = run_once(exercise, write_files(tmp_path / "work", answer("functions", "python")), "python")
    assert verdict.status == "blocked" and "not here" in verdict.problem + verdict.advice


@contextmanager
def checker_of(exercise: Exercise, language: str) -> Iterator[tuple[Checker, dict[str, str]]]:
    engines, missing = engines_of(exercise, language)
    assert not missing, missing
    checker = Checker(exercise, language, tools_of(engines))
    yield checker, versions_of(engines)
    checker.close()


@contextmanager
def using(name: str) -> Iterator[held.Held]:
    """The server NAME that the checkers of this person use too."""
    engine = find(name)
    assert not isinstance(engine, Missing)
    held.summon(engine.name, engine.path)
    user = held.hold(engine.name, engine.path)
    yield user
    user.close()


@contextmanager
def door_to(name: str) -> Iterator[int]:
    """A port that leads to the server NAME."""
    with using(name) as user, tcp_door(Path(user.address["socket"], user.address["name"])) as port:
        yield port


def end(name: str) -> None:
    """End the server NAME that the checkers of this person use now, and return when its keeper knows."""
    with using(name) as user:
        folder = str(Path(user.address["socket"]).parent)
        (number,) = [int(pid) for pid in os.listdir("/proc") if pid.isdigit() and is_server(pid, folder)]
        os.kill(number, signal.SIGKILL)
        user.connection.settimeout(20)
        assert user.connection.recv(1) == b""


def is_server(pid: str, folder: str) -> bool:
    """Whether the process PID works in FOLDER, as servers do."""
    try:
        return os.readlink(f"/proc/{pid}/cwd") == folder
    except OSError:
        return False

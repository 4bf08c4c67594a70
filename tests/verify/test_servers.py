"""Checks that use a server: with it in a room, without it, and with one that ends in the middle."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from runner.engines import Found, Missing, held
from runner.engines.find import ENGINES, find
from runner.isolation import Level
from runner.verify.client import Checker
from runner.verify.trial import engines_of, follow, run_once, tools_of, versions_of
from tests.conftest import absent
from tests.verify.exercises import statuses, write_exercise, write_files

CHECKS = '''
import os
import time

SCHEMA = "CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT);"


def test_rows(sql):
    """the query finds the pet"""
    sql.database(SCHEMA, {"pets": [(1, "Ada")]}).ask("answer.sql").equals([("Ada", 1)])


def test_there_too(sql):
    """PostgreSQL takes the query too"""
    database = sql.postgresql(SCHEMA, {"pets": [(1, "Ada")]})
    if os.path.exists("wait"):
        time.sleep(60)
    database.ask("answer.sql").equals([("Ada", 1)])
'''
IDS = ["rows", {"id": "there-too", "engine": "postgresql"}]
ANSWER = {"answer.sql": "SELECT name, count(*) FROM pets GROUP BY name"}


@pytest.fixture
def exercise(tmp_path: Path):
    engine = find("postgresql")
    if isinstance(engine, Missing):
        absent(engine.reason)
    return write_exercise(tmp_path / "pack", CHECKS, ids=IDS, languages=[], starter={"answer.sql": "-- here"})


@pytest.mark.parametrize("level", ["group", "namespaces"])
def test_a_run_reaches_the_server(exercise, tmp_path, level: Level, monkeypatch):
    monkeypatch.setenv("LEARN_ISOLATION", level)
    verdict = run_once(exercise, write_files(tmp_path / "work", ANSWER), "")
    assert statuses(verdict) == {"rows": "passed", "there-too": "passed"}
    assert verdict.passed and verdict.isolation == level
    assert "postgresql" in verdict.engines


def test_a_query_that_sqlite_alone_takes_is_refused(exercise, tmp_path):
    answer = {"answer.sql": "SELECT name, count(*) FROM pets"}
    verdict = run_once(exercise, write_files(tmp_path / "work", answer), "")
    assert statuses(verdict) == {"rows": "passed", "there-too": "crashed"}


def test_without_the_server_its_check_is_not_tried_and_the_others_decide(exercise, tmp_path, monkeypatch):
    monkeypatch.setitem(ENGINES, "postgresql", lambda environ: Missing("postgresql", "not here", "install it"))
    verdict = run_once(exercise, write_files(tmp_path / "work", ANSWER), "")
    assert statuses(verdict) == {"rows": "passed", "there-too": "untried"}
    assert verdict.passed
    verdict = run_once(exercise, write_files(tmp_path / "work", {"answer.sql": "SELECT 1"}), "")
    assert statuses(verdict) == {"rows": "failed", "there-too": "untried"}
    assert verdict.status == "failed"


def test_a_server_that_ends_in_the_middle_blocks_that_run_and_the_next_one_has_a_new_one(
    exercise, tmp_path, own_engines
):
    engines, _ = engines_of(exercise, "")
    checker = Checker(exercise, "", tools_of(engines))
    folder = write_files(tmp_path / "work", ANSWER)
    assert follow(checker, folder, 1, {}, versions_of(engines)).passed
    end(engines["postgresql"])
    verdict = follow(checker, folder, 1, {}, versions_of(engines))
    checker.close()
    assert verdict.status == "blocked"
    assert verdict.problem == "The engine postgresql has ended."
    assert run_once(exercise, folder, "").passed


def end(engine: Found) -> None:
    """End the server that the checkers of this person use now."""
    user = held.hold(engine.name, engine.path)
    lines = Path(user.address["socket"], "data", "postmaster.pid").read_text().splitlines()
    os.kill(int(lines[0]), signal.SIGKILL)
    assert user.connection.recv(1) == b""
    user.close()

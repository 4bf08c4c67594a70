"""The clock that checks move for the learner's programs, and what these see of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from runner.kit import process
from runner.kit.api import Api
from runner.kit.clock import Clock
from runner.kit.context import Context
from runner.kit.learner import Learner
from tests.kit.conftest import link_packages

YEAR = 365 * 24 * 60 * 60

NEAR = 60
"""Seconds by which two looks at a clock may differ on a busy machine; checks move it by far more."""

PYTHON = """
import datetime, logging, subprocess, sys, time

class Keeps:
    clock = time.time

def times():
    return [
        time.time(), time.time_ns() / 1e9, time.clock_gettime(time.CLOCK_REALTIME), Keeps().clock(),
        time.mktime(time.localtime()), time.mktime(time.gmtime()),
        time.mktime(time.strptime(time.ctime())), time.mktime(time.strptime(time.asctime())),
        float(time.strftime("%s")), datetime.datetime.now().timestamp(), datetime.datetime.today().timestamp(),
        datetime.datetime.now(datetime.timezone.utc).timestamp(),
        datetime.datetime.utcnow().replace(tzinfo=datetime.timezone.utc).timestamp(),
        logging.LogRecord("", 0, "", 0, "", None, None).created,
    ]

def day():
    return datetime.date.today().isoformat()

def steady():
    return time.monotonic()

def of_a_child():
    return float(subprocess.check_output([sys.executable, "-c", "import time; print(time.time())"]))

def of_logging():
    return logging.Formatter("%(asctime)s").format(logging.LogRecord("", 0, "", 0, "", None, None))

def kinds():
    now, later = datetime.datetime.now(), datetime.datetime.now() + datetime.timedelta(days=1)
    class Mine(datetime.datetime):
        pass
    return [
        isinstance(now, datetime.date), isinstance(later, datetime.datetime), isinstance(Mine.now(), Mine),
        isinstance(now, Mine), isinstance(datetime.date.today(), datetime.datetime), now < later,
        type(now) is datetime.datetime,
    ]
"""

JAVASCRIPT = """
import { execFileSync } from "node:child_process";

export const times = () => [Date.now(), Number(new Date()), Date.parse(Date())].map((each) => each / 1000);
export const day = () => new Date().toISOString().slice(0, 10);
export const steady = () => performance.now() / 1000;
export const ofAChild = () => Number(execFileSync(process.execPath, ["-p", "Date.now()"])) / 1000;
export function kinds() {
  class Mine extends Date {}
  const then = new Date(2020, 1, 29);
  return [new Date() instanceof Date, new Date().constructor === Date, new Mine() instanceof Mine,
    then.getMonth() === 1, new Date(0).getTime() === 0, Date.UTC(1970, 0) === 0, Date.name === "Date"];
}
"""

TEXTS = {"python": PYTHON, "javascript": JAVASCRIPT}


@pytest.fixture
def moved(make_context: Callable[..., Context]) -> Any:
    """Makes a learner of the language whose clock can be moved."""
    made: list[Any] = []

    def make(language: str) -> tuple[Learner, Clock]:
        suffix = {"python": "py", "javascript": "mjs"}[language]
        context = make_context({f"solution.{suffix}": TEXTS[language]}, language=language)
        clock = Clock(context)
        made.extend([Learner(context), clock])
        return made[-2], clock

    yield make
    for each in made:
        each.close()


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_every_way_to_ask_for_the_time_sees_the_clock(moved: Any, language: str) -> None:
    learner, clock = moved(language)
    for days in (0, 365, -3650):
        clock.tidy()
        clock.forward(days=days)
        assert abs(clock.now() - time.time() - days * 24 * 60 * 60) < NEAR
        assert all(abs(each - clock.now()) < NEAR for each in learner.call("solution:times"))
    clock.tidy()
    assert all(abs(each - time.time()) < NEAR for each in learner.call("solution:times"))


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_days_are_of_the_moved_clock(moved: Any, language: str) -> None:
    learner, clock = moved(language)
    clock.forward(days=400)
    seen = date.fromisoformat(learner.call("solution:day"))
    assert abs((seen - datetime.fromtimestamp(clock.now(), UTC).date()).days) <= 1  # midnight may come in between


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_the_monotonic_clock_goes_on(moved: Any, language: str) -> None:
    learner, clock = moved(language)
    before = learner.call("solution:steady")
    clock.forward(days=-400)
    assert 0 <= learner.call("solution:steady") - before < NEAR


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_programs_that_the_learners_code_starts_see_it_too(moved: Any, language: str) -> None:
    learner, clock = moved(language)
    clock.forward(days=400)
    assert abs(learner.call("solution:of_a_child") - clock.now()) < NEAR


@pytest.mark.parametrize(
    ("language", "expected"),
    [("python", [True, True, True, False, False, True, True]), ("javascript", [True] * 7)],
)
def test_dates_are_of_the_classes_that_programs_know(moved: Any, language: str, expected: list[bool]) -> None:
    learner, clock = moved(language)
    clock.forward(days=400)
    assert learner.call("solution:kinds") == expected


def test_what_a_class_keeps_of_time_is_no_method(moved: Any) -> None:
    learner, clock = moved("python")
    clock.forward(days=400)
    assert learner.call("solution:of_logging").startswith(str(datetime.fromtimestamp(clock.now(), UTC).year))


def test_two_runs_have_two_clocks(moved: Any) -> None:
    (one, clock), (other, _) = moved("python"), moved("python")
    clock.forward(days=400)
    assert one.call("solution:times")[0] - other.call("solution:times")[0] > YEAR


SERVICES = {
    "app.py": "import os, time\nfrom flask import Flask\napp = Flask(__name__)\n"
    'app.get("/")(lambda: {"time": time.time()})\napp.run(port=int(os.environ["PORT"]))\n',
    "app.mjs": 'import express from "express";\nconst app = express();\n'
    'app.get("/", (q, a) => a.json({ time: Date.now() / 1000 }));\n'
    'app.listen(Number(process.env.PORT), "127.0.0.1");\n',
}


@pytest.mark.parametrize(
    ("language", "more"),
    [("python", {}), ("python", {"sqlite3.py": ""}), ("javascript", {})],
    ids=["python", "python-started-afresh", "javascript"],
)
def test_a_service_sees_it_while_it_runs(make_context: Any, language: str, more: dict[str, str]) -> None:
    context = make_context({**SERVICES, **more}, language=language)
    if language == "javascript":
        link_packages(context.work.parent, "express")
    clock = Clock(context)
    api = Api(context)
    try:
        assert abs(api.get("/").json()["time"] - time.time()) < NEAR
        clock.forward(days=400)
        assert abs(api.get("/").json()["time"] - clock.now()) < NEAR
        assert clock.now() - time.time() > YEAR
    finally:
        api.close()
        clock.close()


def test_node_finds_it_in_a_folder_with_spaces(
    make_context: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / 'a "folder" of clocks'
    shutil.copytree(process.CLOCKS, folder)
    monkeypatch.setattr(process, "CLOCKS", folder)
    context = make_context({"solution.mjs": JAVASCRIPT}, language="javascript")
    clock = Clock(context)
    clock.forward(days=400)
    learner = Learner(context)
    assert abs(learner.call("solution:times")[0] - clock.now()) < NEAR
    learner.close()
    clock.close()


def test_without_it_programs_are_started_as_ever(make_context: Any) -> None:
    context = make_context({"solution.py": PYTHON})
    learner = Learner(context)
    assert abs(learner.call("solution:times")[0] - time.time()) < NEAR
    learner.close()

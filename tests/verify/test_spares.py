"""What is there before a run needs it: processes that wait to be the learner's service, and modules of ours."""

from __future__ import annotations

from pathlib import Path

from runner.verify.client import Checker
from runner.verify.trial import follow
from tests.verify.exercises import write_exercise, write_files

CHECKS = '''
from runner.kit import not_yet


def test_starts(api):
    """it starts three times"""
    waited = len(api._standbys.waiting)
    for _ in range(3):
        api.launch().wait()
    not_yet(expected="processes that waited", got=str(waited))
'''


def test_a_run_prepares_for_as_many_starts_as_the_runs_before_it_had(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path / "pack", CHECKS, ids=["starts"])
    work = write_files(tmp_path / "work", {"app.py": "print('hello')\n"})
    checker = Checker(exercise, "python", {})
    try:
        rows = [{row.label: row.text for row in follow(checker, work, 1, {}, {}).checks[0].details} for _ in range(4)]
    finally:
        checker.close()
    assert (rows[0]["got"], rows[-1]["got"]) == ("1", "3")


LOADS = '''
import sys

from runner.kit import not_yet


def test_loads(api):
    """it answers"""
    before = set(sys.modules)
    api.get("/").status(200)
    not_yet(expected="modules", got=" ".join(sorted(set(sys.modules) - before)) or "none")
'''

SERVICE = """
import os
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()


HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""


def test_no_run_loads_what_all_runs_need(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path / "pack", LOADS, ids=["loads"])
    work = write_files(tmp_path / "work", {"app.py": SERVICE})
    checker = Checker(exercise, "python", {})
    try:
        (check,) = follow(checker, work, 1, {}, {}).checks
    finally:
        checker.close()
    assert {row.label: row.text for row in check.details}["got"] == "none", check

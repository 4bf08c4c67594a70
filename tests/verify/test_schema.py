"""The verdict's JSON schema as it is kept in the project."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import jsonschema

from runner.verify.schema import schema
from runner.verify.verdict import CheckResult, Row, Verdict

KEPT = Path(__file__).parents[2] / "docs" / "verdict.schema.json"
AGAIN = "python -m runner.verify.schema > docs/verdict.schema.json"


def test_the_kept_schema_is_that_of_the_code():
    assert json.loads(KEPT.read_text(encoding="utf-8")) == schema(), f"the verdict changed; keep its schema: {AGAIN}"


def test_the_command_that_keeps_it_writes_the_same_file():
    command = [sys.executable, "-m", "runner.verify.schema"]
    assert subprocess.run(command, capture_output=True, check=True, timeout=60).stdout == KEPT.read_bytes(), AGAIN


def test_it_is_a_schema_and_names_every_key():
    found = schema()
    jsonschema.Draft202012Validator.check_schema(found)
    for shape, part in ((Verdict, found), (CheckResult, found["$defs"]["CheckResult"]), (Row, found["$defs"]["Row"])):
        assert part["required"] == list(part["properties"]) == [each.name for each in fields(shape)]

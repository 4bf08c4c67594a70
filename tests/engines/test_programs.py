"""Asking programs for their version: whatever stands on PATH, an answer comes, and it harms nobody."""

from __future__ import annotations

import os
import time

import pytest

from runner.engines import Found, Missing, git, node, programs
from runner.engines.programs import dotted, on_path, too_old, version
from tests.packs import put


def program(path, script):
    put(path, f"#!/bin/sh\n{script}\n").chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("script", "numbers"),
    [
        ("echo 'git version 2.39.5'", (2, 39, 5)),
        ("echo 'git version 2.39.5 (Apple Git-154)'", (2, 39, 5)),
        ("echo 'v22.3.0'", (22, 3, 0)),
        ("echo 'GNU bash, version 5.2.15(1)-release'", (5, 2, 15)),
        ("echo 'tool 3.4'", (3, 4)),
        ("echo none; echo 1.2.3 >&2", ()),
        ("printf '\\377\\376 1.2.3'", (1, 2, 3)),
        ("echo 1.2.3; exit 1", (1, 2, 3)),
        ("kill -9 $$", ()),
        ("read -r answer && echo 1.2.3", ()),
    ],
)
def test_a_version_is_read_from_what_is_printed(tmp_path, script, numbers):
    assert version(program(tmp_path / "tool", script), "--version") == numbers


def test_what_cannot_be_started_has_no_version(tmp_path):
    put(tmp_path / "data", "no program")
    (tmp_path / "data").chmod(0o755)
    assert version(str(tmp_path / "data")) == ()
    assert version(str(tmp_path / "nothing")) == ()


def test_a_program_that_never_answers_is_given_up(tmp_path, monkeypatch):
    run = programs.subprocess.run
    monkeypatch.setattr(programs.subprocess, "run", lambda *args, **options: run(*args, **{**options, "timeout": 0.2}))
    began = time.monotonic()
    assert version(program(tmp_path / "tool", "exec sleep 60")) == ()
    assert time.monotonic() - began < 10


def test_only_programs_that_may_be_started_are_found_and_by_their_full_path(tmp_path, monkeypatch):
    put(tmp_path / "first" / "tool", "not executable")
    (tmp_path / "second" / "tool").mkdir(parents=True)
    right = program(tmp_path / "third" / "tool", "true")
    folders = [str(tmp_path / name) for name in ("nothing", "first", "second", "third")]
    assert on_path("tool", {"PATH": os.pathsep.join(folders)}) == right
    assert on_path("tool", {"PATH": os.pathsep.join(folders[:3])}) is None
    assert on_path("tool", {"PATH": ""}) is None
    monkeypatch.chdir(tmp_path)
    assert on_path("tool", {"PATH": "third"}) == right


def test_versions_are_compared_as_numbers_and_written_with_dots():
    assert (2, 9) < git.OLDEST < (2, 100)
    assert dotted((2, 39, 5)) == "2.39.5"
    assert too_old("git", "/usr/bin/git", (2, 9), (2, 30)) == "git 2.9 on PATH is older than 2.30"
    assert too_old("git", "/usr/bin/git", (), (2, 30)) == "/usr/bin/git does not tell its version"


def test_a_stand_in_that_only_asks_to_be_installed_is_missing(tmp_path):
    stand_in = program(tmp_path / "git", "echo 'xcode-select: note: no developer tools were found' >&2; exit 1")
    missing = git.find({"PATH": str(tmp_path)})
    assert isinstance(missing, Missing)
    assert missing.reason == f"{stand_in} does not tell its version"
    assert missing.advice


@pytest.mark.parametrize("script", ["echo v20.20.2", "exit 1", None], ids=["old", "broken", "none"])
def test_without_a_wheel_node_is_missing_with_the_command_that_brings_it(tmp_path, monkeypatch, script):
    monkeypatch.setattr(node, "WHEEL", "no_such_wheel")
    if script:
        program(tmp_path / "node", script)
    missing = node.find({"PATH": str(tmp_path)})
    assert isinstance(missing, Missing)
    assert missing.advice == 'pip install "backendlings[engines]"'
    assert ("older than 22" in missing.reason) == (script == "echo v20.20.2")


def test_a_broken_wheel_is_not_taken(tmp_path, monkeypatch):
    put(tmp_path / "broken_wheel" / "__init__.py", "")
    program(tmp_path / "broken_wheel" / "bin" / "node", "exit 1")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(node, "WHEEL", "broken_wheel")
    assert isinstance(node.find({"PATH": ""}), Missing)
    program(tmp_path / "broken_wheel" / "bin" / "node", "echo v24.1.0")
    found = node.find({"PATH": ""})
    assert isinstance(found, Found)
    assert (found.version, found.path) == ("24.1.0", str(tmp_path / "broken_wheel" / "bin" / "node"))

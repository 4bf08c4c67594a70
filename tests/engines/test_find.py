"""Engines are looked for in the real environment, and what is missing says what helps."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jwt
import pytest

from runner.engines import Found, Missing, bash, curl, git, moto, node, pyjwt
from runner.engines.find import ENGINES, find, find_all
from runner.engines.programs import command
from runner.engines.provide import PROVIDERS
from tests.packs import put


def program(folder: Path, name: str, says: str) -> dict[str, str]:
    """An environment whose PATH holds the program NAME, which prints SAYS, and nothing else."""
    put(folder / name, f"#!/bin/sh\necho '{says}'\n").chmod(0o755)
    return {"PATH": str(folder)}


@pytest.mark.parametrize("name", sorted(set(ENGINES) - set(PROVIDERS) - {moto.NAME, pyjwt.NAME}))
def test_each_engine_of_this_machine_can_be_started(name: str) -> None:
    found = find(name)
    assert isinstance(found, Found), found
    if "://" in found.path:
        return
    told = subprocess.run([*command(found.path), "--version"], capture_output=True, text=True, check=True).stdout
    assert found.version in told


@pytest.mark.parametrize("engine", [bash, curl, git])
def test_nothing_on_path_is_missing_with_advice(engine: object, tmp_path: Path) -> None:
    missing = engine.find({"PATH": str(tmp_path)})  # type: ignore[attr-defined]
    assert isinstance(missing, Missing)
    assert "on PATH" in missing.reason and missing.advice


@pytest.mark.parametrize(
    ("engine", "name", "says"),
    [
        (bash, "bash", "GNU bash, version 3.2.57(1)-release"),
        (curl, "curl", "curl 7.29.0 (x86_64-redhat-linux-gnu) libcurl/7.29.0 NSS/3.44 zlib/1.2.7"),
        (git, "git", "git version 2.11.0"),
    ],
)
def test_an_old_program_is_missing_and_named(engine: object, name: str, says: str, tmp_path: Path) -> None:
    missing = engine.find(program(tmp_path, name, says))  # type: ignore[attr-defined]
    assert isinstance(missing, Missing)
    assert "older" in missing.reason


def test_a_missing_curl_names_the_command_that_installs_it(tmp_path: Path) -> None:
    missing = curl.find({"PATH": str(tmp_path)})
    assert isinstance(missing, Missing)
    assert missing.reason == "there is no curl on PATH"
    assert missing.advice.startswith("sudo apt install curl")


def test_a_new_curl_is_found_with_its_own_version_and_not_that_of_a_library(tmp_path: Path) -> None:
    found = curl.find(program(tmp_path, "curl", "curl 8.5.0 (aarch64-linux-gnu) libcurl/7.20.1 OpenSSL/3.0.13"))
    assert isinstance(found, Found)
    assert (found.path, found.version) == (str(tmp_path / "curl"), "8.5.0")


def test_a_program_that_tells_no_version_is_not_taken(tmp_path: Path) -> None:
    assert isinstance(git.find(program(tmp_path, "git", "hello")), Missing)


def test_pyjwt_is_found_with_its_version() -> None:
    found = find("pyjwt")
    assert found == Found("pyjwt", jwt.__file__, jwt.__version__, "in this Python")


@pytest.mark.parametrize(
    ("told", "reason"), [("1.7.1", "PyJWT 1.7.1 is older than 2.10"), (None, "Python has no package PyJWT")]
)
def test_pyjwt_that_is_old_or_not_there_is_missing(
    told: str | None, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if told:
        put(tmp_path / "PyJWT-0.dist-info" / "METADATA", f"Metadata-Version: 2.1\nName: PyJWT\nVersion: {told}\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    missing = pyjwt.find({})
    assert missing == Missing("pyjwt", reason, 'pip install "backendlings[engines]"')


def test_an_old_node_gives_way_to_the_wheel(tmp_path: Path) -> None:
    found = node.find(program(tmp_path, "node", "v20.20.2"))
    assert isinstance(found, Found)
    assert "wheel" in found.how
    assert int(found.version.split(".")[0]) >= 22


def test_a_new_node_on_path_comes_first(tmp_path: Path) -> None:
    found = node.find(program(tmp_path, "node", "v22.13.0"))
    assert isinstance(found, Found)
    assert (found.path, found.version) == (str(tmp_path / "node"), "22.13.0")


def test_find_all_tells_both(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found, missing = find_all(["git", "node"])
    assert list(found) == ["node"]
    assert [each.name for each in missing] == ["git"]

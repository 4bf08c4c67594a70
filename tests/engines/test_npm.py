"""Packages from npm: fetched once, whole or not at all, and found there ever after, without a network.

A registry of the test's own serves them, on the loopback: the real npm fetches from it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from runner.engines import Found, Missing, node, npm, packages
from runner.engines.find import find_all, needed
from runner.engines.packages import PACKAGES
from runner.engines.provide import fetchable, told
from runner.files import write_json

NAME = "express"


def tarball(version: str) -> bytes:
    """A package that npm can install."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, text in {
            "package/package.json": json.dumps({"name": NAME, "version": version, "main": "index.js"}),
            "package/index.js": "module.exports = 'it';\n",
        }.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


@dataclass
class Registry:
    """What npm asks: the package's description and its archive."""

    environ: dict[str, str]
    cache: Path
    asked: list[str] = field(default_factory=list)
    refuses: bool = False

    @property
    def archives(self) -> int:
        return sum(path.endswith(".tgz") for path in self.asked)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    data = tarball("5.9.0")
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            base = f"http://127.0.0.1:{server.server_address[1]}"
            dist = {"tarball": f"{base}/{NAME}/-/{NAME}-5.9.0.tgz", "integrity": integrity}
            about = {"name": NAME, "versions": {"5.9.0": {"name": NAME, "version": "5.9.0", "dist": dist}}}
            body = data if self.path.endswith(".tgz") else json.dumps(about).encode()
            self.send_response(500 if found.refuses else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    locks = tmp_path / "locks"
    (locks / NAME).mkdir(parents=True)
    packages = {
        "": {"dependencies": {NAME: "5.9.0"}},
        f"node_modules/{NAME}": {"version": "5.9.0", "integrity": integrity},
    }
    write_json(locks / NAME / "package.json", {"name": "x", "version": "1.0.0", "dependencies": {NAME: "5.9.0"}})
    write_json(
        locks / NAME / "package-lock.json",
        {"name": "x", "version": "1.0.0", "lockfileVersion": 3, "packages": packages},
    )
    monkeypatch.setattr(npm, "LOCKS", locks)
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "npm_config_registry": f"http://127.0.0.1:{server.server_address[1]}/",
    }
    found = Registry(environ, tmp_path / "cache" / "backendlings" / "npm")
    yield found
    server.shutdown()
    server.server_close()


def test_what_was_never_fetched_is_missing_and_nothing_is_asked_for(registry: Registry) -> None:
    missing = packages.find(NAME, registry.environ)
    assert isinstance(missing, Missing)
    assert missing.reason == "it has not been fetched yet"
    assert missing.advice.startswith("learn watch")
    assert registry.asked == []
    assert not registry.cache.exists()


def test_it_is_fetched_once_and_found_without_a_network_afterwards(registry: Registry) -> None:
    found = packages.provide(NAME, registry.environ)
    assert isinstance(found, Found)
    assert (found.version, found.how) == ("5.9.0", "fetched with npm")
    assert (Path(found.path) / "index.js").is_file()
    assert registry.archives == 1
    count = len(registry.asked)
    registry.refuses = True
    assert packages.provide(NAME, registry.environ) == packages.find(NAME, registry.environ) == found
    assert len(registry.asked) == count
    script = "console.log(require('express'))"
    program = Path(found.path).parent.parent / "try.cjs"
    program.write_text(script)
    needs = node.find(registry.environ)
    assert isinstance(needs, Found)
    assert subprocess.run([needs.path, program], capture_output=True, text=True, check=True).stdout == "it\n"


def test_two_at_once_both_have_it(registry: Registry) -> None:
    with ThreadPoolExecutor(3) as workers:
        found = list(workers.map(packages.provide, [NAME] * 3, [registry.environ] * 3))
    assert all(isinstance(each, Found) for each in found), found
    assert len(set(found)) == 1
    assert [each.name for each in registry.cache.iterdir()] == [Path(found[0].path).parents[1].name]


def test_a_registry_that_fails_gives_one_message_with_the_next_command(registry: Registry) -> None:
    registry.refuses = True
    missing = packages.provide(NAME, registry.environ)
    assert isinstance(missing, Missing)
    assert missing.reason.startswith("it could not be fetched with npm (") and "\n" not in missing.reason
    assert missing.advice == "learn run   (once more, with a network)"
    assert list(registry.cache.iterdir()) == [], "nothing half made is left"
    registry.refuses = False
    assert isinstance(packages.provide(NAME, registry.environ), Found), "the next time it works"


def test_without_a_network_it_is_told_soon(registry: Registry) -> None:
    began = time.monotonic()
    nowhere = {**registry.environ, "npm_config_registry": "http://127.0.0.1:9/"}
    missing = packages.provide(NAME, nowhere)
    assert isinstance(missing, Missing)
    assert "ECONNREFUSED" in missing.reason
    assert time.monotonic() - began < 20


def test_an_archive_of_another_content_is_refused(registry: Registry) -> None:
    lock = npm.LOCKS / NAME / "package-lock.json"
    lock.write_text(lock.read_text().replace("sha512-", "sha512-AAAA"))
    assert isinstance(packages.provide(NAME, registry.environ), Missing)
    assert isinstance(packages.find(NAME, registry.environ), Missing)


def test_without_npm_there_are_words_for_it(registry: Registry, tmp_path: Path) -> None:
    needs = node.find(registry.environ)
    assert isinstance(needs, Found)
    alone = tmp_path / "alone" / "bin" / "node"
    alone.parent.mkdir(parents=True)
    shutil.copyfile(needs.path, alone)
    with pytest.raises(npm.NotFetched) as caught:
        npm.fetch(NAME, str(alone), {**registry.environ, "PATH": str(alone.parent)})
    assert str(caught.value) == "there is no npm beside Node"


@pytest.mark.parametrize("lost", ["", "package.json", "../../package.json"])
def test_what_is_half_there_is_not_used_and_fetched_again(registry: Registry, lost: str) -> None:
    found = packages.provide(NAME, registry.environ)
    assert isinstance(found, Found)
    if lost == "../../package.json":  # not needed by anybody
        (Path(found.path) / lost).unlink()
        assert packages.find(NAME, registry.environ) == found
        return
    shutil.rmtree(found.path) if not lost else (Path(found.path) / lost).write_text("{")
    assert isinstance(packages.find(NAME, registry.environ), Missing)
    assert packages.provide(NAME, registry.environ) == found
    assert (Path(found.path) / "index.js").is_file()


def test_a_program_that_was_killed_in_the_middle_leaves_nothing_that_is_used(registry: Registry) -> None:
    left = registry.cache / ".making-left" / NAME / "node_modules" / NAME
    left.mkdir(parents=True)
    (left / "package.json").write_text('{"version": "1.0.0"}')
    assert isinstance(packages.find(NAME, registry.environ), Missing)
    os.utime(registry.cache / ".making-left", (0, 0))
    assert isinstance(packages.provide(NAME, registry.environ), Found)
    assert not (registry.cache / ".making-left").exists(), "swept, being old"


def test_another_lock_has_a_place_of_its_own(registry: Registry) -> None:
    before = npm.place(NAME, registry.environ)
    lock = npm.LOCKS / NAME / "package-lock.json"
    lock.write_text(lock.read_text() + "\n")
    assert npm.place(NAME, registry.environ) != before


def test_the_cache_is_where_the_environment_says(tmp_path: Path) -> None:
    assert npm.place(NAME, {"XDG_CACHE_HOME": "/c", "HOME": "/h"}).is_relative_to("/c/backendlings")
    assert npm.place(NAME, {"HOME": "/h"}).is_relative_to("/h/.cache/backendlings")


def test_a_cache_that_cannot_be_written_is_told(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    missing = packages.provide(NAME, registry.environ)
    assert isinstance(missing, Missing)
    assert "could not be fetched" in missing.reason


def test_the_program_that_fetches_says_nothing_or_why_not(registry: Registry) -> None:
    """As `learn watch` starts it; it knows the project's own lock alone, which no registry of a test has."""
    registry.refuses = True
    command = [sys.executable, "-P", "-m", "runner.engines.provide", NAME]
    done = subprocess.run(command, env=registry.environ, capture_output=True, text=True, check=True)
    words = json.loads(done.stdout)
    assert words["name"] == NAME and "could not be fetched" in words["reason"]


def test_only_javascript_needs_express(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    assert needed(["express", "bash"], "python") == ["bash"]
    assert needed(["express", "node"], "javascript") == ["express", "node"]
    monkeypatch.setenv("XDG_CACHE_HOME", registry.environ["XDG_CACHE_HOME"])
    _, missing = find_all(["express"])
    assert fetchable(missing) == ["express"]
    assert fetchable([Missing("git", "there is none", "")]) == []
    assert told(["express"]) == "Fetching express with npm, this once ..."


@pytest.mark.parametrize("name", PACKAGES.values())
def test_the_locks_of_the_project_hold_hashes_and_no_address(name: str) -> None:
    lock = json.loads((npm.LOCKS / name / "package-lock.json").read_text())
    parts = {part: each for part, each in lock["packages"].items() if part}
    assert f"node_modules/{name}" in parts
    assert all(each["integrity"].startswith("sha512-") for each in parts.values())
    assert not any("resolved" in each for each in parts.values())


def test_gitlab_ci_local_is_fetched_as_a_script_and_comes_with_what_it_starts() -> None:
    assert needed(["gitlab-ci-local"], "") == ["gitlab-ci-local", "bash", "git", "node", "rsync"]
    assert needed(["git", "gitlab-ci-local"], "python")[:2] == ["git", "gitlab-ci-local"]
    assert fetchable([Missing("gitlab-ci-local", "", ""), Missing("rsync", "", "")]) == ["gitlab-ci-local"]


def test_javascript_needs_the_package_of_a_server(registry: Registry) -> None:
    assert needed(["mongodb", "redis"], "python") == ["mongodb", "redis"]
    assert needed(["azurite", "moto"], "python") == ["azurite", "moto"]
    assert needed(["azurite", "moto"], "javascript") == ["azurite", "moto", "node-azure", "node-aws", "node"]
    assert needed(["mongodb", "redis"], "javascript") == ["mongodb", "redis", "node-mongodb", "node-redis", "node"]

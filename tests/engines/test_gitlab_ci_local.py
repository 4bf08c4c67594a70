"""gitlab-ci-local: a script that npm installed, a program of its own, or one fetched into the cache."""

from __future__ import annotations

import json

import pytest

from runner.engines import Found, Missing, gitlab_ci_local, rsync
from tests.packs import put


def installed(folder, version):
    """As `npm install --global` leaves it: a link to a script beside its package.json."""
    place = folder / "lib" / "node_modules" / "gitlab-ci-local"
    script = put(place / "dist" / "index.js", "#!/usr/bin/env node\n")
    script.chmod(0o755)
    put(place / "package.json", version if version is None else json.dumps({"version": version})) if version else None
    (folder / "bin").mkdir()
    (folder / "bin" / "gitlab-ci-local").symlink_to(script)
    return script


def test_a_script_on_path_is_found_without_starting_it(tmp_path):
    script = installed(tmp_path, "4.80.2")
    found = gitlab_ci_local.find({"PATH": str(tmp_path / "bin")})
    assert found == Found("gitlab-ci-local", str(script), "4.80.2", "on PATH")


@pytest.mark.parametrize("version", ["4.60.0", "", None])
def test_an_old_or_broken_one_is_passed_over(tmp_path, version):
    installed(tmp_path, version)
    missing = gitlab_ci_local.find({"PATH": str(tmp_path / "bin"), "XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert isinstance(missing, Missing)
    assert missing.advice


def test_a_program_of_its_own_tells_its_version(tmp_path):
    program = put(tmp_path / "gitlab-ci-local", "#!/bin/sh\necho 4.75.1\n")
    program.chmod(0o755)
    found = gitlab_ci_local.find({"PATH": str(tmp_path)})
    assert found == Found("gitlab-ci-local", str(program), "4.75.1", "on PATH")


def test_without_rsync_the_one_command_is_told(tmp_path):
    missing = rsync.find({"PATH": str(tmp_path)})
    assert isinstance(missing, Missing)
    assert (missing.reason, missing.advice[:22]) == ("there is no rsync on PATH", "sudo apt install rsync")
    old = put(tmp_path / "rsync", "#!/bin/sh\necho 'rsync  version 2.6.9  protocol version 29'\n")
    old.chmod(0o755)
    assert "2.6.9" in rsync.find({"PATH": str(tmp_path)}).reason

"""What can be fetched is fetched by the run that needs it, after a line for the learner."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.workspace.place import PackSource, Settings, make
from runner.workspace.workspace import open_workspace
from tests.cli.conftest import LEARN, environment, run_learn
from tests.packs import change, exercise_folder

Make = Callable[[str], Path]
WORDS = "Fetching express with npm, this once ..."


@pytest.fixture
def root(pack_root: Path, tmp_path: Path) -> Make:
    """Makes a workspace in a language, whose first exercise needs Express."""

    def made(language: str) -> Path:
        change(exercise_folder(pack_root, "start/double") / "exercise.toml", engines=["express"])
        workspace = open_workspace(make(tmp_path / language, Settings(language, (PackSource(str(pack_root)),))))
        workspace.enter(workspace.current(workspace.progress()), jump=True)
        return workspace.root

    return made


@pytest.fixture
def offline(tmp_path: Path) -> dict[str, str | None]:
    """An environment with an empty cache and a registry that nobody serves."""
    return {"XDG_CACHE_HOME": str(tmp_path / "cache"), "npm_config_registry": "http://127.0.0.1:9/"}


def test_run_tells_that_it_fetches_and_then_why_it_is_blocked(root: Make, offline: dict[str, str | None]):
    done = run_learn("run", cwd=root("javascript"), env=offline)
    assert done.returncode == 3
    assert done.stderr.splitlines()[0] == WORDS
    assert "could not be fetched with npm" in " ".join(done.stdout.split())
    assert "learn run   (once more, with a network)" in done.stdout


def test_the_other_language_does_not_need_it(root: Make, offline: dict[str, str | None], tmp_path: Path):
    done = run_learn("run", cwd=root("python"), env=offline)
    assert (done.returncode, done.stderr) == (1, "")
    assert not (tmp_path / "cache").exists()


def test_watch_tells_it_too_and_goes_on_reading_keys_and_saves(root: Make, offline: dict[str, str | None]):
    command = [LEARN, "watch", "--json"]
    watch = subprocess.Popen(
        command, cwd=root("javascript"), env=environment(**offline), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    seen = []
    try:
        assert watch.stdout
        for line in watch.stdout:
            seen.append(json.loads(line))
            if seen[-1]["event"] == "verdict":
                break
    finally:
        watch.terminate()
        watch.communicate(timeout=20)
    assert WORDS in [each.get("text") for each in seen]
    verdict = seen[-1].get("verdict", seen[-1])
    assert verdict["status"] == "blocked" and "could not be fetched" in verdict["problem"]

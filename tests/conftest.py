"""What the tests share: a small pack, and a workspace that uses it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from runner.packs.load import load
from runner.packs.models import Pack
from runner.workspace.place import PackSource, Settings, make
from runner.workspace.workspace import Workspace, open_workspace
from tests.packs import make_pack


def pytest_xdist_auto_num_workers() -> int:
    """Tests side by side: one more than there are cores, since much of a test is waiting for a limit."""
    return (os.cpu_count() or 1) + 1


LONGEST = ("test_soak.py", "test_stress_kills.py", "test_stress_saves.py")
"""Files of tests that begin first: one that began last would keep one worker busy, and the others idle."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have those of `LONGEST` begin first."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def absent(what: str) -> NoReturn:
    """Skip a test for want of WHAT; in CI, where everything is to be there, fail it."""
    if os.environ.get("SKIP_NO_TEST"):
        pytest.fail(f"not here: {what}")
    pytest.skip(f"needs {what}")


@pytest.fixture
def pack_root(tmp_path: Path) -> Path:
    """The folder of a small valid pack, this test's own."""
    return make_pack(tmp_path / "pack")


@pytest.fixture
def pack(pack_root: Path) -> Pack:
    """The same pack, loaded."""
    return load(pack_root)


@pytest.fixture
def workspace(tmp_path: Path, pack_root: Path) -> Workspace:
    """A fresh workspace at the first exercise of the small pack, in Python."""
    place = make(tmp_path / "learner", Settings("python", (PackSource(str(pack_root)),)))
    made = open_workspace(place)
    made.enter(made.current(made.progress()), jump=True)
    return made


@contextlib.contextmanager
def engines_apart() -> Iterator[Path]:
    """A temporary folder where nobody else's keepers are met; short, as a socket's path must be."""
    folder = Path(tempfile.mkdtemp(prefix="held-", dir="/tmp"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr("tempfile.tempdir", None)
        yield folder
    for pid, command in processes(folder).items():
        if "docker" not in command:  # its keeper has things to remove from the engine; others would only linger
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    limit = time.monotonic() + 60
    while processes(folder):
        assert time.monotonic() < limit, f"still running: {processes(folder)}"
        time.sleep(0.05)
    subprocess.run(["rm", "-rf", str(folder)], check=True)


@pytest.fixture
def own_engines() -> Iterator[Path]:
    """`engines_apart` for one test."""
    with engines_apart() as folder:
        yield folder


def processes(place: Path) -> dict[int, str]:
    """The processes whose command names PLACE, by number."""
    listed = subprocess.run(["ps", "-wweo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    pairs = [line.strip().partition(" ") for line in listed.splitlines()]
    return {int(pid): command for pid, _, command in pairs if str(place) in command}

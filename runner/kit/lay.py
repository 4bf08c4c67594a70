"""Runs exercises' `setup.py`, each in a fork of one process that has loaded what they use: `python -m runner.kit.lay`.

One JSON text a line comes on stdin, `{"setup": PATH, "folder": PATH, "seed": NUMBER}`, and one goes out for each.
`setup(folder, rng)` fills the learner's folder and returns plain data, the facts that checks get as `given`: they come
as `{"given": …}`, and the last words of a setup that failed as `{"failed": …}`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import tempfile
import traceback
from pathlib import Path
from typing import IO, Any

import runner.kit.git_builder  # noqa: F401  what most setups use, loaded once for all of them
from runner.kit.process import die_with_parent, how_it_ended


def main() -> None:
    """Take orders until there are no more."""
    die_with_parent()
    with os.fdopen(os.dup(0), encoding="utf-8") as orders, os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1):  # a setup's programs have no orders to read, and no answers to give
            os.dup2(nothing, standard)
        for line in orders:
            print(json.dumps(carry_out(json.loads(line))), file=answers, flush=True)


def carry_out(order: dict[str, Any]) -> dict[str, Any]:
    """Fork a process for ORDER and wait for what it gives."""
    with tempfile.TemporaryFile() as facts, tempfile.TemporaryFile() as printed:
        pid = os.fork()
        if not pid:
            _leave(order, facts, printed)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        for file in (facts, printed):
            file.seek(0)
        if code == 0:
            return {"given": json.loads(facts.read())}
        words = printed.read().decode("utf-8", "replace").strip().splitlines()
        return {"failed": (words or [how_it_ended(code)])[-1]}


def _leave(order: dict[str, Any], facts: IO[bytes], printed: IO[bytes]) -> None:
    """The life of a forked process."""
    code = 1
    try:
        die_with_parent()
        for standard in (1, 2):
            os.dup2(printed.fileno(), standard)
        os.write(facts.fileno(), json.dumps(_set_up(**order)).encode())
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _set_up(setup: str, folder: str, seed: int) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("exercise_setup", setup)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    given: dict[str, Any] = module.setup(Path(folder), random.Random(str(seed)))
    return given or {}


if __name__ == "__main__":
    main()

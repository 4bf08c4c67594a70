"""`learn doctor`: which engines are here."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from runner import __version__
from runner.cli.terminal import say
from runner.engines import Found
from runner.engines.find import ENGINES, find
from runner.screen.console import printing


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor_command(as_json: bool) -> None:
    """Show for each engine what was found, where, and what helps where it is missing."""
    engines = [find(name) for name in ENGINES]
    if as_json:
        rows = [{"found": isinstance(each, Found), **asdict(each)} for each in engines]
        say(json.dumps({"schema": 1, "learn": __version__, "python": sys.version.split()[0], "engines": rows}))
        return
    console, signs = printing()
    console.print(f"learn {__version__} on Python {sys.version.split()[0]}", markup=False)
    for each in engines:
        if isinstance(each, Found):
            console.print(f"{signs.passed} {each.name:<6} {each.version}, {each.how}: {each.path}", markup=False)
        else:
            console.print(f"{signs.blocked} {each.name:<6} {each.reason}. Next: {each.advice}", markup=False)

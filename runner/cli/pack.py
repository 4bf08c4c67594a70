"""`learn pack`: tools for instructors, one module a task."""

from __future__ import annotations

import click

from runner.cli.pack_check import check_command
from runner.cli.pack_new import new_command, new_exercise_command


@click.group("pack")
def pack_command() -> None:
    """Tools for instructors: make packs and exercises, and prove them."""


pack_command.add_command(new_command)
pack_command.add_command(new_exercise_command)
pack_command.add_command(check_command)

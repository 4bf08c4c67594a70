"""`learn pack`: packs, for learners and for their authors."""

from __future__ import annotations

import click

from runner.cli import pack_sharing as sharing
from runner.cli.pack_check import check_command
from runner.cli.pack_import import import_command
from runner.cli.pack_mutate import mutate_command
from runner.cli.pack_new import new_command, new_exercise_command


@click.group("pack")
def pack_command() -> None:
    """Packs: adding and updating them, and the tools of their authors."""


for _command in (
    sharing.add_command,
    sharing.update_command,
    sharing.remove_command,
    sharing.list_command,
    sharing.build_command,
    new_command,
    new_exercise_command,
    check_command,
    mutate_command,
    import_command,
):
    pack_command.add_command(_command)

"""`learn hint`: plain text and few imports, because it is asked for often and should be there at once."""

from __future__ import annotations

import os
import textwrap

import click

from runner.cli.common import exercise_of, tell_notes, workspace_of
from runner.cli.terminal import say
from runner.screen.words import HINT_NAMES


@click.command("hint", short_help="Read the next hint.")
@click.argument("exercise", required=False)
@click.option("--force", is_flag=True, help="Show the next hint even before you have tried again.")
@click.pass_context
def hint_command(context: click.Context, exercise: str | None, force: bool) -> None:
    """Read the next hint of EXERCISE, or of the one you are at.

    There are three: where to look, the idea, the steps. The next one is ready after another save.
    """
    workspace = workspace_of(context)
    chosen = exercise_of(workspace, exercise)
    before = workspace.progress().known(chosen.pack, chosen.id).hints
    count = workspace.read_hint(chosen, force=force)
    tell_notes(workspace)
    width = min(80, _columns())
    for name, text in zip(HINT_NAMES, chosen.manifest.hints[:count], strict=False):
        say(name, bold=True)
        for line in text.splitlines():
            say(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="  "))
    if count == before and count < len(chosen.manifest.hints):
        say("The next hint is ready after you have tried again: save your file, or learn run.")


def _columns() -> int:
    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return 80

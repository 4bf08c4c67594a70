"""What several commands share: their workspace, their exercise."""

from __future__ import annotations

from pathlib import Path

import click

from runner.packs.models import Exercise
from runner.workspace.workspace import Workspace, find_workspace


def workspace_of(context: click.Context) -> Workspace:
    """The workspace that the command is about: `--workspace`, `LEARN_WORKSPACE`, or upwards from here.

    Raises:
        UsageError: there is none.
    """
    told: Path | None = context.obj
    return find_workspace(told if told is not None else Path.cwd())


def exercise_of(workspace: Workspace, name: str | None) -> Exercise:
    """The exercise NAME, or the one that the learner is at."""
    return workspace.find(name) if name else workspace.current(workspace.progress())


def tell_notes(workspace: Workspace) -> None:
    """Print to stderr what the workspace has to say of itself."""
    for note in workspace.notes:
        click.echo(note, err=True)
    workspace.notes.clear()

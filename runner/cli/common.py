"""What several commands share: their workspace, their exercise."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from runner.cli.terminal import say
from runner.errors import UsageError
from runner.packs.models import Exercise
from runner.workspace.workspace import Workspace, find_workspace


def workspace_of(context: click.Context) -> Workspace:
    """The workspace that the command is about: `--workspace`, `LEARN_WORKSPACE`, or upwards from here.

    Raises:
        UsageError: there is none.
    """
    told: Path | None = context.obj
    return find_workspace(from_here(told))


def here() -> Path:
    """The current folder.

    Raises:
        UsageError: it was deleted.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("The folder that you are in is gone.", advice="cd") from None


def from_here(path: Path | None) -> Path:
    """PATH as an absolute one; the current folder without it.

    Raises:
        UsageError: the current folder is needed for that, and was deleted.
    """
    if path is not None and path.is_absolute():
        return path
    return here() / (path or "")


def exercise_of(workspace: Workspace, name: str | None) -> Exercise:
    """The exercise NAME, or the one that the learner is at."""
    return workspace.find(name) if name else workspace.current(workspace.progress())


def tell_notes(workspace: Workspace) -> None:
    """Print to stderr what the workspace has to say of itself."""
    for note in workspace.notes:
        say(note, error=True)
    workspace.notes.clear()


def confirmed(question: str, advice: str) -> bool:
    """Ask QUESTION.

    Args:
        advice: the command that does without an answer.

    Raises:
        UsageError: there is nobody to answer.
    """
    try:
        return click.confirm(question)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        say("")
        raise UsageError("There is nobody here to ask.", advice=advice) from None

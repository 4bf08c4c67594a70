"""`learn watch`: the main job."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from runner.cli.common import from_here
from runner.cli.terminal import say
from runner.errors import UsageError
from runner.workspace.place import Settings, find, make
from runner.workspace.workspace import Workspace, find_workspace, open_workspace


@click.command("watch")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help="Print lines instead of drawing a screen.")
@click.option("--json", "as_json", is_flag=True, help="Print one event a line as JSON.")
@click.option("--auto-next", is_flag=True, help="Go on to the next exercise as soon as one passes.")
@click.option("--seed", type=int, help="Use this seed for every run.")
@click.pass_context
def watch_command(
    context: click.Context, folder: Path | None, plain: bool, as_json: bool, auto_next: bool, seed: int | None
) -> int:
    """Check the current exercise at every save. Makes the workspace FOLDER first where there is none."""
    from runner.watch.faces import Face, Json, Plain, Screen
    from runner.watch.loop import Loop

    workspace = _workspace(context.obj, folder)
    terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    face: Face = Json() if as_json else Plain() if plain or not terminal else Screen()
    code = Loop(workspace, face, auto_next=auto_next, seed=seed).run(workspace.current(workspace.progress()))
    if isinstance(face, Screen):
        here = workspace.current(workspace.progress())
        say(f"You are at {here.id}. To go on: learn watch {_shown(workspace.root)}".rstrip())
    return code


def _workspace(told: Path | None, folder: Path | None) -> Workspace:
    chosen = folder if folder is not None else told
    root = from_here(chosen)
    if find(root):
        return find_workspace(root)
    if chosen is None:
        raise UsageError(
            "There is no workspace here.", where=str(root), advice="learn watch my-backend   (makes one there)"
        )
    return open_workspace(make(root, Settings()))


def _shown(root: Path) -> str:
    try:
        here = Path.cwd()
    except FileNotFoundError:  # deleted meanwhile
        return str(root)
    if here == root or here.is_relative_to(root):
        return ""
    return str(root.relative_to(here)) if root.is_relative_to(here) else str(root)

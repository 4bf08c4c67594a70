"""`learn list` and `learn status`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from runner.cli.common import tell_notes, workspace_of
from runner.cli.terminal import say_json
from runner.screen import roadmap
from runner.screen.console import printing
from runner.screen.summary import summarise
from runner.workspace.progress import read_history

if TYPE_CHECKING:
    from runner.workspace.workspace import Workspace


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.option("--show", type=click.Choice(roadmap.FILTERS), default="all", help="Only exercises in this state.")
@click.argument("search", default="")
@click.pass_context
def list_command(context: click.Context, as_json: bool, show: str, search: str) -> None:
    """List the exercises whose id or title holds SEARCH."""
    workspace = workspace_of(context)
    progress = workspace.progress()
    entries = roadmap.matching(summarise(workspace.packs, progress).entries, show, search)
    current = workspace.current(progress).id
    tell_notes(workspace)
    if as_json:
        say_json({"schema": 1, "current": current, "exercises": [asdict(each) for each in entries]})
        return
    console, signs = printing()
    console.print(roadmap.listing(entries, current, signs))


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print the roadmap as JSON.")
@click.pass_context
def status_command(context: click.Context, as_json: bool) -> None:
    """Show the roadmap: phases, months, what is done, your pace."""
    workspace = workspace_of(context)
    progress = workspace.progress()
    summary = summarise(workspace.packs, progress)
    current = workspace.current(progress).id
    days = _passes_by_day(workspace)
    tell_notes(workspace)
    if as_json:
        phases = [asdict(each) for each in summary.phases]
        say_json({"schema": 1, "current": current, "phases": phases, "passes_by_day": days})
        return
    console, signs = printing()
    console.print(roadmap.status(summary.phases, current, signs, _pace(days)))


def _passes_by_day(workspace: Workspace) -> dict[str, int]:
    renamed = workspace.called_now()
    first: dict[tuple[str, str], str] = {}
    for entry in read_history(workspace.place.history):
        if entry.get("status") == "passed":
            pack, name = str(entry.get("pack")), str(entry.get("exercise"))
            first.setdefault((pack, renamed.get((pack, name), name)), str(entry.get("at", ""))[:10])
    days: dict[str, int] = {}
    for day in first.values():
        days[day] = days.get(day, 0) + 1
    return days


def _pace(days: dict[str, int]) -> str:
    if not days:
        return "No exercise passed yet. Next: learn watch"
    passed = sum(days.values())
    return f"{passed} passed on {len(days)} {'day' if len(days) == 1 else 'days'}. Next: learn watch"

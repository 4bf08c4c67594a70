"""Commands that read and never move the learner's place."""

from __future__ import annotations

import click

from runner.cli.common import exercise_of, workspace_of
from runner.errors import UsageError
from runner.screen import pages
from runner.screen.console import printing


@click.command("brief")
@click.argument("exercise", required=False)
@click.pass_context
def brief_command(context: click.Context, exercise: str | None) -> None:
    """Read what EXERCISE, or the one you are at, asks."""
    workspace = workspace_of(context)
    chosen = exercise_of(workspace, exercise)
    console, _ = printing()
    text = chosen.brief.read_text(encoding="utf-8", errors="replace")
    console.print(pages.brief(text, workspace.stages_done(chosen)) if chosen.manifest.stages else pages.markdown(text))


@click.command("doc")
@click.argument("exercise", required=False)
@click.pass_context
def doc_command(context: click.Context, exercise: str | None) -> None:
    """Read the half page behind EXERCISE, or the one you are at. Needs no network."""
    workspace = workspace_of(context)
    chosen = exercise_of(workspace, exercise)
    console, _ = printing()
    summary = chosen.folder / "SUMMARY.md"
    if summary.is_file():
        console.print(pages.markdown(summary.read_text(encoding="utf-8", errors="replace")))
    for link in chosen.manifest.links:
        console.print(link, markup=False)


@click.command("solution")
@click.argument("exercise", required=False)
@click.pass_context
def solution_command(context: click.Context, exercise: str | None) -> None:
    """Read the right answers to EXERCISE beside your own, once you have passed it."""
    from runner.watch.answers import read_routes

    workspace = workspace_of(context)
    chosen = exercise_of(workspace, exercise)
    if not workspace.progress().known(chosen.pack, chosen.id).passed:
        raise UsageError(f"{chosen.id} is not passed yet.", advice=f"learn hint {chosen.slug}")
    console, _ = printing()
    console.print(pages.solution(read_routes(chosen, workspace.language(chosen), workspace.folder(chosen))))

"""`learn language`: what the learner writes in, here or in one exercise."""

from __future__ import annotations

import click

from runner.cli.common import tell_notes, workspace_of
from runner.cli.terminal import say
from runner.packs.models import LANGUAGES, Exercise
from runner.workspace.workspace import Workspace


@click.command("language")
@click.argument("language", required=False, type=click.Choice(LANGUAGES))
@click.argument("exercise", required=False)
@click.pass_context
def language_command(context: click.Context, language: str | None, exercise: str | None) -> None:
    """Show the language that you write in, or change it to LANGUAGE: in EXERCISE alone, where one is named.

    Without one it is for every exercise from now on, and for the one you are at if it is not passed yet. Your work in
    the other language is put away and comes back with it; what you have passed counts in both.
    """
    workspace = workspace_of(context)
    if language is None:
        _show(workspace)
    elif exercise:
        _switch(workspace, workspace.find(exercise), language)
    else:
        _change(workspace, language)
    tell_notes(workspace)


def _show(workspace: Workspace) -> None:
    here = workspace.current(workspace.progress())
    say(f"New exercises are laid out in {workspace.settings.language}.")
    say(f"You are at {here.id}, in {workspace.language(here) or 'no language'}.")
    other = next(each for each in LANGUAGES if each != workspace.settings.language)
    say(f"To change it: learn language {other}   (for one exercise alone: learn language {other} EXERCISE)")


def _change(workspace: Workspace, language: str) -> None:
    progress = workspace.progress()
    here = workspace.current(progress)
    workspace.change_language(language)
    say(f"New exercises are laid out in {language}.")
    if language not in here.languages or workspace.language(here) == language:
        say("Next: learn brief")
    elif progress.known(here.pack, here.id).passed:
        say(f"{here.id} is passed and stays. To do it again: learn language {language} {here.slug}")
    else:
        _switch(workspace, here, language)


def _switch(workspace: Workspace, exercise: Exercise, language: str) -> None:
    done = workspace.switch(exercise, language)
    if done is None:
        say(f"{exercise.id} is in {language} already. Next: learn brief {exercise.slug}")
        return
    away, back = done
    words = "with your work as you left it" if back else "at its beginning"
    other = away.relative_to(workspace.place.other).parts[0]
    say(f"{exercise.id} is in {language}, {words}. Your files: {workspace.folder(exercise)}")
    say(f"What you had is in {away}; it comes back with: learn language {other} {exercise.slug}")
    say(f"Next: learn brief {exercise.slug}")

"""`learn pack new` and `learn pack new-exercise`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from runner.authoring.kinds import KINDS
from runner.cli.common import from_here, here
from runner.cli.terminal import say


@click.command("new", short_help="Make a pack with one exercise.")
@click.argument("folder", metavar="NAME", type=click.Path(path_type=Path))
@click.option("--title", default="", help="Its title; made of the name unless told.")
def new_command(folder: Path, title: str) -> None:
    """Make a pack with one exercise, in a new or empty folder NAME.

    What it makes passes `learn pack check`, and is there to be changed. It brings a file for GitHub Actions and one for
    GitLab CI that check the pack at each push.
    """
    from runner.authoring.new import FIRST, new_pack

    made = new_pack(Path(os.path.normpath(from_here(folder))), title)
    shown = _shown(made)
    say(f"The pack {made.name} is in {shown}, with the exercise {FIRST}.")
    say(f"  next      learn pack check {shown}")


@click.command("new-exercise", short_help="Make an exercise in a pack.")
@click.argument("name", metavar="TOPIC/SLUG")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--kind", required=True, type=click.Choice(KINDS), help="What it begins from.")
@click.option("--title", default="", help="Its title; made of the slug unless told.")
@click.option("--languages", default="", help="Such as python, or python,javascript; all of the kind unless told.")
@click.option("--phase", default="", help="The phase that a new topic is put into; the last one unless told.")
def new_exercise_command(name: str, folder: Path | None, kind: str, title: str, languages: str, phase: str) -> None:
    """Make an exercise in the pack in FOLDER, or in the current one, and enter it into pack.toml.

    It is a small whole one of its kind, with answers and hints, that passes every gate; change it into yours.
    """
    from runner.authoring.new import Wanted, new_exercise

    chosen = tuple(filter(None, (each.strip() for each in languages.split(","))))
    root = from_here(folder)
    made = new_exercise(root, Wanted(name, kind, title, chosen, phase))
    say(f"The exercise {name} is here, the last of its topic in pack.toml.")
    for label, path in zip(("exercise", "answers"), made, strict=True):
        say(f"  {label:<9} {_shown(path)}")
    check = f"learn pack check {folder or ''}".rstrip()
    say(f"  next      {check} --exercise {name}")


def _shown(path: Path) -> str:
    """PATH as it is typed from here."""
    return str(path.relative_to(here())) if path.is_relative_to(here()) else str(path)

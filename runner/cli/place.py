"""Commands that make a workspace or move the learner's place in it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import click

from runner.cli.common import confirmed, exercise_of, from_here, tell_notes, workspace_of
from runner.cli.terminal import say
from runner.errors import UsageError
from runner.packs.models import LANGUAGES, Exercise, Pack, Phase
from runner.packs.source import BUILTIN
from runner.workspace.place import PackSource, Settings, make
from runner.workspace.workspace import Workspace, open_workspace


@click.command("init")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="python", show_default=True, help="What you write in."
)
@click.option(
    "--pack",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A pack's folder, instead of the built-in one.",
)
@click.pass_context
def init_command(context: click.Context, folder: Path | None, language: str, packs: tuple[Path, ...]) -> None:
    """Make a workspace in FOLDER, or here."""
    from runner.packs.load import load

    root = from_here(folder or context.obj)
    sources = tuple(_source(from_here(pack), index) for index, pack in enumerate(packs)) or (PackSource(BUILTIN),)
    names = [load(source.root).name for source in sources]  # before anything is made
    for name in names:
        if names.count(name) > 1:
            raise UsageError(
                f"Two packs are called {name}.",
                expected="each name once: progress is kept by it",
                advice="learn init --help",
            )
    place = make(root, Settings(language, sources))
    workspace = open_workspace(place)
    first = workspace.current(workspace.progress())
    workspace.enter(first, jump=True)
    say(f"A workspace is in {place.root}. First exercise: {_shown_folder(workspace, first)}")
    say(f"Next: learn watch {folder or context.obj or ''}".rstrip())


def _source(root: Path, index: int) -> PackSource:
    if not (root / "pack.toml").is_file():
        raise UsageError(
            "That is no pack.",
            where=str(root),
            expected="a folder with a pack.toml; archives and repositories are added to a workspace",
            advice="learn pack check DIR, or in a workspace: learn pack add SOURCE",
        )
    return PackSource(str(root), "" if index == 0 else root.name)


@click.command("goto")
@click.argument("exercise")
@click.pass_context
def goto_command(context: click.Context, exercise: str) -> None:
    """Go to EXERCISE, locked or not. Passing the last one of a topic unlocks what comes after the topic."""
    workspace = workspace_of(context)
    chosen = workspace.find(exercise)
    workspace.enter(chosen, jump=True)
    tell_notes(workspace)
    say(f"You are at {chosen.id}. Your files: {_shown_folder(workspace, chosen)}")
    say("Next: learn brief")


@click.command("later")
@click.argument("exercise", required=False)
@click.pass_context
def later_command(context: click.Context, exercise: str | None) -> None:
    """Do EXERCISE, or the one you are at, later; up to three may wait."""
    workspace = workspace_of(context)
    chosen = exercise_of(workspace, exercise)
    instead = workspace.postpone(chosen)
    assert instead is not None
    workspace.enter(instead)
    tell_notes(workspace)
    say(f"{chosen.id} waits for later. You are at {instead.id}. Your files: {_shown_folder(workspace, instead)}")
    say(f"Next: learn brief   (to come back: learn goto {chosen.slug})")


@click.command("skip")
@click.argument("phase", required=False)
@click.option("--undo", is_flag=True, help="Have the phase's exercises again.")
@click.pass_context
def skip_command(context: click.Context, phase: str | None, undo: bool) -> None:
    """Pass over PHASE, such as `4`: an optional one; without it, the one that you are in."""
    workspace = workspace_of(context)
    pack, chosen = _phase_of(workspace, phase)
    if undo:
        workspace.unskip(pack, chosen)
        tell_notes(workspace)
        say(f"{chosen.id} is on your roadmap again. Next: learn list")
        return
    at = workspace.skip(pack, chosen)
    tell_notes(workspace)
    say(f"{chosen.id} is passed over. You are at {at.id}. Your files: {_shown_folder(workspace, at)}")
    say(f"Next: learn brief   (to have it again: learn skip --undo {chosen.id})")


def _phase_of(workspace: Workspace, name: str | None) -> tuple[Pack, Phase]:
    """The phase NAME, by its id or the number that its id begins with; the learner's own without it.

    Raises:
        UsageError: there is none, or there are several.
    """
    here = workspace.current(workspace.progress())
    known = [(pack, phase) for pack in workspace.packs for phase in pack.manifest.phases]
    if name is None:
        found = [(pack, phase) for pack, phase in known if (pack.name, phase.id) == (here.pack, here.phase)]
    else:
        found = [(pack, phase) for pack, phase in known if name in (phase.id, phase.id.partition("-")[0])]
        found = [each for each in found if each[0].name == here.pack] or found
    if len(found) != 1:
        ids = ", ".join(phase.id for _, phase in known)
        raise UsageError(f"There is no phase {name}.", expected=f"one of {ids}", advice="learn status")
    return found[0]


@click.command("reset")
@click.argument("exercise", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def reset_command(context: click.Context, exercise: str | None, yes: bool) -> int:
    """Begin EXERCISE, or the one you are at, again. Your work is moved to .learn/kept/, never deleted."""
    workspace = workspace_of(context)
    chosen = exercise_of(workspace, exercise)
    if not yes and not confirmed(
        f"Begin {chosen.id} again? Your work is kept under .learn/kept/.", "learn reset --yes"
    ):
        say("Nothing is changed.")
        return 1
    kept = workspace.reset(chosen)
    tell_notes(workspace)
    if kept:
        say(f"Your old work is in {kept}")
        with contextlib.suppress(OSError):  # where the shell's folder is gone altogether
            if Path.cwd().is_relative_to(kept.resolve()):  # a shell goes along with a folder that is moved
                say(f"Your shell is in the old folder now. To the new one: cd {os.environ.get('PWD', '.')}")
    say(f"{chosen.id} is as it began, in {_shown_folder(workspace, chosen)}. Next: learn brief {chosen.slug}")
    return 0


def _shown_folder(workspace: Workspace, exercise: Exercise) -> str:
    return str(workspace.folder(exercise))

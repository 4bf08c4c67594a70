"""`learn pack add`, `update`, `remove`, `list`, `build`: packs on their way from their authors to learners."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.common import confirmed, from_here, here, tell_notes
from runner.cli.terminal import say, say_json
from runner.errors import LearnError, PackError, UsageError
from runner.screen.console import printing

if TYPE_CHECKING:
    from runner.packs.facts import Facts
    from runner.packs.models import Pack
    from runner.packs.source import Source
    from runner.packs.store import Gathered
    from runner.screen.sharing import Listed
    from runner.workspace.pins import Pin
    from runner.workspace.place import PackSource, Place
    from runner.workspace.workspace import Workspace


@click.command("add", short_help="Add a pack: a folder, an archive, a repository.")
@click.argument("source")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def add_command(context: click.Context, source: str, yes: bool) -> int:
    """Add the pack of SOURCE to your workspace, after showing what it is and what of it runs on this machine.

    SOURCE is a folder, used in place; a .tar.gz or .zip; or a git repository, by its path, https://… or ssh://…,
    with @ and a branch, tag or commit behind it. `builtin` is the pack that comes with learn.
    """
    from runner.packs.source import read

    place = _place(context)
    origin = read(source, here())
    with _fetched(place, origin) as (root, found):
        return _add(place, origin, root, found, yes)


@click.command("update", short_help="Fetch a pack again, see what changed, or undo that.")
@click.argument("name", required=False, metavar="[NAME[@REV]]")
@click.option("--from", "other", metavar="SOURCE", help="Take it from this archive or repository from now on.")
@click.option("--accept", is_flag=True, help="Take what changed though it should not: a moved tag, another archive.")
@click.option("--undo", is_flag=True, help="Go back to what the pack was before its last update.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def update_command(
    context: click.Context, name: str | None, other: str | None, accept: bool, undo: bool, yes: bool
) -> int:
    """Fetch the pack NAME again, or every pack, and show what changed before it is used.

    Your files and what you have passed stay, also of exercises that are renamed or removed. With @REV another branch,
    tag or commit is taken.
    """
    from runner.workspace.pins import name_of
    from runner.workspace.place import read_settings

    place = _place(context)
    chosen, _, revision = (name or "").partition("@")
    fetched = list(filter(None, map(name_of, read_settings(place).packs)))
    if (undo or other or revision) and not chosen:
        if len(fetched) != 1:
            here_are = f"one of {', '.join(fetched)}" if fetched else ""
            raise UsageError("Which pack?", expected=here_are, advice="learn pack list")
        chosen = fetched[0]
    if undo:
        return _undo(place, chosen)
    names = [chosen] if chosen else fetched
    if not names:
        say("No pack here was fetched from elsewhere: there is nothing to update.")
    code = 0
    for each in names:
        try:
            code = max(code, _update(place, each, revision, other, accept, yes))
        except LearnError as error:
            if chosen:
                raise
            say(str(error), error=True)
            code = max(code, error.exit_code)
    return code


@click.command("remove", short_help="No longer use a pack; your work stays.")
@click.argument("name")
@click.pass_context
def remove_command(context: click.Context, name: str) -> None:
    """No longer use the pack NAME. Your folders and what you have passed stay, and are there when you add it again."""
    from runner.workspace import sharing
    from runner.workspace.place import read_settings

    place = _place(context)
    folder = sharing.find(read_settings(place), name).folder
    sharing.remove(place, name)
    say(f"{name} is removed. Your work on it stays in {place.root / folder}.")
    if workspace := _settled(place):
        say(f"You are at {workspace.current(workspace.progress()).id}. Next: learn list")


@click.command("list", short_help="List the packs of your workspace.")
@click.option("--json", "as_json", is_flag=True, help="Print the packs as JSON.")
@click.pass_context
def list_command(context: click.Context, as_json: bool) -> int:
    """List the packs of your workspace: where they come from, what they are pinned to, whether they can be used."""
    from runner.screen.sharing import listing
    from runner.workspace.place import read_settings

    place = _place(context)
    packs = [_listed(place, source) for source in read_settings(place).packs]
    if as_json:
        say_json({"schema": 1, "packs": [asdict(each) for each in packs]})
    else:
        printing()[0].print(listing(packs))
    return 4 if any(each.fault for each in packs) else 0


@click.command("build", short_help="Make the archive of a pack, to share it.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--output", type=click.Path(path_type=Path), help="The archive, .tar.gz or .zip; NAME.tar.gz here unless told."
)
@click.option("--without-solutions", is_flag=True, help="Keep the answers back.")
def build_command(folder: Path | None, output: Path | None, without_solutions: bool) -> None:
    """Make the archive of the pack in FOLDER, or here, that others add. The same files give the same bytes."""
    from runner.packs.build import build
    from runner.packs.load import load

    pack = load(from_here(folder))
    path = Path(os.path.normpath(from_here(output or Path(f"{pack.name}.tar.gz"))))
    made = build(pack, path, solutions=not without_solutions)
    say(f"{made.path}: {len(pack.exercises)} exercises, {made.files} files, {made.bytes / 1000:,.0f} kB")
    say(f"sha256 of its content: {made.sha256}")
    say(f"Next, in a workspace: learn pack add {made.path}")


# Adding


@contextlib.contextmanager
def _fetched(place: Place, origin: Source) -> Iterator[tuple[Path, Gathered | None]]:
    """The folder of the pack at ORIGIN, for as long as the block runs, and what was gathered, unless it is a folder."""
    from runner.packs.catalogue import builtin_root
    from runner.packs.source import BUILTIN
    from runner.packs.store import gathered

    if origin.kind == "folder":
        yield builtin_root() if origin.address == BUILTIN else Path(origin.address), None
        return
    with gathered(place.packs, origin) as found:
        yield found.root, found


def _add(place: Place, origin: Source, root: Path, found: Gathered | None, yes: bool) -> int:
    from runner.screen.sharing import offer
    from runner.workspace import sharing
    from runner.workspace.workspace import open_workspace

    pack = _loaded(origin, root)
    sharing.refuse_taken(place, pack.name, origin)
    topics = [topic for each in open_workspace(place).packs for topic in each.topics()]
    folder = sharing.folder_for(place, pack.name, topics)
    printing()[0].print(offer(_facts(place, pack), str(origin), _shown(found), str(place.root / folder)))
    _tell_risks(place, pack)
    if not _agreed(yes, f"Add {pack.name}?", f"learn pack add {origin} --yes"):
        say("Nothing is added.")
        return 1
    sharing.add(place, pack, folder, origin, found)
    first = next(iter(pack.exercises), "")
    say(f"{pack.name} is added. Next: learn goto {pack.name}/{first}   (or: learn list)")
    _settled(place)
    return 0


def _loaded(origin: Source, root: Path) -> Pack:
    """The pack in ROOT.

    Raises:
        PackError: it has faults; they are told under the name that the person gave.
    """
    from runner.packs.load import load
    from runner.screen.faults import counted

    try:
        return load(root)
    except PackError as error:
        raise PackError(
            f"The pack at {origin} has {counted(len(error.faults), 'fault')} and is not used.",
            error.faults,
            advice="tell its author: learn pack check",
        ) from None


def _facts(place: Place, pack: Pack) -> Facts:
    from runner.packs.facts import facts
    from runner.workspace.place import read_settings

    return facts(pack, read_settings(place).language)


def _tell_risks(place: Place, pack: Pack) -> None:
    """Print what of PACK runs here, how it is isolated, and what it needs that is not here."""
    from runner.engines.find import find_all
    from runner.isolation import BEST, asked, higher
    from runner.isolation.probe import refusal
    from runner.screen.sharing import risks

    facts = _facts(place, pack)
    level = higher(asked(os.environ) or BEST, facts.isolation)
    missing = find_all(facts.engines)[1]
    printing()[0].print(risks(facts, level, refusal(level), missing))


def _shown(found: Gathered | None) -> str:
    if found is None:
        return ""
    from runner.workspace.pins import SIGNS

    return f"commit {found.commit.oid[:SIGNS]}" if found.commit else f"sha256 {found.sha256[:SIGNS]}"


def _agreed(yes: bool, question: str, advice: str) -> bool:
    """Whether the person says yes.

    Raises:
        UsageError: there is nobody to ask; what a pipe says is no answer to what it has not read.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("There is nobody here to ask.", advice=advice)
    return confirmed(question, advice)


def _place(context: click.Context) -> Place:
    from runner.workspace.workspace import find_place

    return find_place(from_here(context.obj))


def _settled(place: Place) -> Workspace | None:
    """The workspace at PLACE with its packs as they are now: renamed work is carried over, a `learn watch` told.

    None where another pack of it cannot be used; that is told.
    """
    from runner.workspace.workspace import open_workspace

    try:
        workspace = open_workspace(place)
    except LearnError as error:
        say(str(error), error=True)
        return None
    with workspace.changing():  # a `learn watch` at work looks again when the progress is written
        pass
    tell_notes(workspace)
    return workspace


# Updating


def _update(place: Place, name: str, revision: str, other: str | None, accept: bool, yes: bool) -> int:
    from runner.packs import store
    from runner.packs.source import read
    from runner.workspace import sharing

    now = sharing.pin_of(place, name)
    origin = read(other, here()) if other else replace(now.origin, revision=revision or now.revision)
    if origin.kind == "folder" or (revision and origin.kind == "archive"):
        raise UsageError(
            f"{name} cannot be updated to that.",
            found=other or f"@{revision}",
            expected="an archive or a repository; a revision where it is a repository",
            advice=f"learn pack remove {name}   (your work is kept), then learn pack add {other or origin}",
        )
    with _fetched(place, origin) as (root, found):
        assert found is not None
        if not accept:
            sharing.refuse_moved(name, now, origin, found)
        pack = _loaded(origin, root)
        if pack.name != name:
            raise UsageError(
                f"That is another pack: {pack.name}.", expected=name, advice=f"learn pack add {other or origin}"
            )
        sound = store.whole(place.packs, now.sha256)
        if found.sha256 == now.sha256:
            sharing.update(place, name, origin, found)
            say(f"{name} is up to date: {_shown(found)}." if sound else f"The files of {name} are mended.")
            _tell_later_tag(name, origin, found)
        else:
            _tell_changes(place, now, pack, found, sound)
            words = [name + (f"@{revision}" if revision else ""), f"--from {other}" if other else ""]
            if accept:
                words.append("--accept")
            if not _agreed(yes, f"Update {name}?", f"learn pack update {' '.join(filter(None, words))} --yes"):
                say("Nothing is changed.")
                return 1
            sharing.update(place, name, origin, found)
            say(f"{name} is updated. To go back: learn pack update {name} --undo")
    _settled(place)
    return 0


def _tell_later_tag(name: str, origin: Source, found: Gathered) -> None:
    """A tag stays what it is, so whoever has one hears of new versions here."""
    from runner.packs.repository import later_tags

    later = later_tags(origin) if found.commit and found.commit.named == "tag" else []
    if later:
        say(f"It stays at the tag {origin.revision}; the newest is {later[-1]}: learn pack update {name}@{later[-1]}")


def _tell_changes(place: Place, now: Pin, pack: Pack, found: Gathered, sound: bool) -> None:
    from runner.packs.changes import changes
    from runner.packs.content import folder_of
    from runner.packs.load import load
    from runner.screen import sharing

    if sound:
        old = load(folder_of(place.packs, now.sha256))
        printing()[0].print(sharing.changes(pack.name, now.shown, _shown(found), changes(old, pack)))
    else:
        say(f"The files of {pack.name} here were changed or are gone; all of them are taken anew.")
    _tell_risks(place, pack)


def _undo(place: Place, name: str) -> int:
    from runner.workspace import sharing

    sharing.pin_of(place, name)
    undone, before = sharing.undo(place, name)
    _settled(place)
    say(f"{name} is what it was before: {before.shown}.")
    say(f"To have the update again: {sharing.update_command(name, before.origin, undone.origin)}")
    return 0


# Listing


def _listed(place: Place, source: PackSource) -> Listed:
    """What is known of the pack SOURCE, whatever state it is in."""
    from runner.packs import store
    from runner.packs.load import load
    from runner.screen.sharing import Listed
    from runner.workspace import pins, sharing

    known = pins.read(place)
    name, fault, pack = sharing.name_of(source), "", None
    pinned = known.get(name) if pins.name_of(source) else None
    try:
        pack = load(pins.root_of(place, source, known))
    except PackError as error:
        fault = f"{error.faults[0]}. Next: learn pack {'update' if pinned else 'remove'} {name}"
    except UsageError as error:
        fault = error.problem
    if pinned and not store.whole(place.packs, pinned.now.sha256):
        fault = f"its files in .learn/ are not those that were added. Next: learn pack update {name}"
    origin = f"{pinned.now.origin}" if pinned else source.source
    return Listed(
        name=name,
        title=pack.manifest.title if pack else "",
        exercises=len(pack.exercises) if pack else 0,
        source=f"{origin} ({pinned.now.named})" if pinned and pinned.now.named else origin,
        pinned=f"{pinned.now.shown}, of {pinned.now.at[:10]}" if pinned else "",
        before=pinned.before.shown if pinned and pinned.before else "",
        folder=str(place.root / source.folder),
        fault=fault,
    )

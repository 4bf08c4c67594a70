"""Which packs a workspace uses: adding, updating, going back, removing. Nothing of the learner's is touched.

The settings and the lock file are changed under the workspace's lock; what takes time, fetching and asking, is done
before.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace

from runner.errors import PackError, UsageError
from runner.files import locked
from runner.packs import store
from runner.packs.changes import renames
from runner.packs.content import folder_of
from runner.packs.load import load
from runner.packs.models import Pack
from runner.packs.source import Source
from runner.packs.store import Gathered
from runner.workspace import pins
from runner.workspace.pins import Pin, Pinned
from runner.workspace.place import PINNED, PackSource, Place, Settings, read_settings, write_settings
from runner.workspace.progress import now


def name_of(source: PackSource) -> str:
    """The name of the pack SOURCE, also where it has faults; of one that is gone the name of its folder."""
    if name := pins.name_of(source):
        return name
    try:
        named = tomllib.loads((source.root / "pack.toml").read_text(encoding="utf-8")).get("name")
    except (OSError, ValueError):
        named = None
    return named if isinstance(named, str) else source.root.name


def find(settings: Settings, name: str) -> PackSource:
    """The pack NAME of the workspace with those SETTINGS.

    Raises:
        UsageError: there is none.
    """
    names = {name_of(each): each for each in settings.packs}
    if name not in names:
        raise UsageError(
            f"There is no pack {name} here.", expected=f"one of {', '.join(names)}", advice="learn pack list"
        )
    return names[name]


def refuse_taken(place: Place, name: str, source: Source) -> None:
    """Refuse a second pack of one NAME: progress is kept by it.

    Raises:
        UsageError: the workspace at PLACE has one.
    """
    settings, known = read_settings(place), pins.read(place)
    for each in settings.packs:
        if name_of(each) != name:
            continue
        own = known[name].now.origin if pins.name_of(each) and name in known else Source("folder", each.source)
        raise UsageError(
            f"A pack called {name} is here already.",
            found=str(own),
            expected="each name once: progress is kept by it",
            advice=_instead(name, own, source),
        )


def _instead(name: str, own: Source, other: Source) -> str:
    """The command for whoever wants the pack NAME of OTHER, where that of OWN is here."""
    away = f"learn pack remove {name}   (your work is kept), then add this one"
    if "folder" in (own.kind, other.kind):
        return away
    return f"if it is a newer one: {update_command(name, own, other)}; if it is another pack: {away}"


def update_command(name: str, own: Source, other: Source) -> str:
    """The command that takes the pack NAME from OTHER, where it comes from OWN."""
    if (own.kind, own.address) != (other.kind, other.address):
        return f"learn pack update {name} --from {other}"
    return f"learn pack update {name}" + (f"@{other.revision}" if other.revision != own.revision else "")


def folder_for(place: Place, name: str, topics: Iterable[str]) -> str:
    """The folder of the workspace at PLACE for the pack NAME: the one that it had before, else one that is free.

    Args:
        topics: the topics of the packs that are here, whose folders may lie beside.
    """
    settings = read_settings(place)
    if name in settings.left:
        return settings.left[name]
    taken = {*topics, *settings.left.values(), *(each.folder for each in settings.packs)}
    free = (name if count == 1 else f"{name}-{count}" for count in range(1, 1000))
    return next(each for each in free if each not in taken)


def add(place: Place, pack: Pack, folder: str, source: Source, found: Gathered | None) -> None:
    """Have the workspace at PLACE use PACK, which fills FOLDER; what was gathered, FOUND, is put into the store.

    Raises:
        UsageError: a pack of that name has come meanwhile.
    """
    with locked(place.lock):
        refuse_taken(place, pack.name, source)
        if found:
            _pin(place, pack.name, Pinned(_made(source, found)), found)
        where = PINNED + pack.name if found else source.address
        settings = read_settings(place)
        left = {name: each for name, each in settings.left.items() if name != pack.name}
        write_settings(place, replace(settings, packs=(*settings.packs, PackSource(where, folder)), left=left))


def pin_of(place: Place, name: str) -> Pin:
    """What the pack NAME is pinned to.

    Raises:
        UsageError: there is none of that name, or it is a folder.
    """
    settings, known = read_settings(place), pins.read(place)
    source = find(settings, name)
    pins.root_of(place, source, known)
    if not pins.name_of(source):
        raise UsageError(
            f"{name} is a folder that is used in place: what its author changes is there at once.",
            where=str(source.root),
            advice="learn pack list",
        )
    return known[name].now


def refuse_moved(name: str, now: Pin, source: Source, found: Gathered) -> None:
    """Refuse what was FOUND under the very name that the pack NAME is pinned by, where it should not have changed.

    Raises:
        UsageError: the tag was moved, or the archive is another one.
    """
    if source != now.origin or found.sha256 == now.sha256 or now.named == "branch":
        return
    what = f"The tag {now.revision} was moved" if now.named == "tag" else f"The archive {now.source} is another one"
    raise UsageError(
        f"{what} since {name} was added.",
        expected=now.shown,
        found=_made(source, found).shown,
        advice=f"ask whoever made it; to take it all the same: learn pack update {name} --accept",
    )


def update(place: Place, name: str, source: Source, found: Gathered) -> None:
    """Have the pack NAME be what was gathered, FOUND; what it was before is kept for `undo`."""
    with locked(place.lock):
        old = pins.read(place)[name]
        new = _made(source, found)
        same = old.now.sha256 == new.sha256
        _pin(place, name, replace(old, now=new) if same else Pinned(new, old.now), found)


def undo(place: Place, name: str) -> tuple[Pin, Pin]:
    """Have the pack NAME be what it was before its last update; returns what it was until now, and what it is then.

    The content that is left stays in the store until the next change: a `learn watch` may be at work in it.

    Raises:
        UsageError: there was no update, or what was before it is damaged.
        KeyError: the pack is not pinned.
    """
    with locked(place.lock):
        known = pins.read(place)
        undone, before = known[name].now, known[name].before
        if before is None:
            raise UsageError(f"There is no update of {name} to undo.", advice="learn pack list")
        if not store.whole(place.packs, before.sha256):
            raise UsageError(
                f"What {name} was before is damaged in the store.",
                where=str(folder_of(place.packs, before.sha256)),
                advice=f"learn pack update {name} --from {before.from_itself}",
            )
        ids = {other: own for own, other in _renamed(place, before, undone)}
        pins.write(place, {**known, name: Pinned(before, ids=ids)})
        return undone, before


def _renamed(place: Place, before: Pin, after: Pin) -> tuple[tuple[str, str], ...]:
    """The exercises that have other ids in AFTER than in BEFORE; none where AFTER is damaged."""
    try:
        return renames(*(load(folder_of(place.packs, each.sha256)) for each in (before, after)))
    except PackError:
        return ()


def remove(place: Place, name: str) -> None:
    """Have the workspace at PLACE no longer use the pack NAME. The learner's folders and progress stay.

    Raises:
        UsageError: there is none of that name, or it is the last one.
    """
    with locked(place.lock):
        settings = read_settings(place)
        gone = find(settings, name)
        if len(settings.packs) == 1:
            raise UsageError(f"{name} is the only pack here.", advice="learn pack add SOURCE, then remove it")
        packs = tuple(each for each in settings.packs if each is not gone)
        write_settings(place, replace(settings, packs=packs, left={**settings.left, name: gone.folder}))
        known = pins.read(place)
        if known.pop(name, None):
            pins.write(place, known)
            store.keep_only(place.packs, pins.hashes(known))


def _made(source: Source, found: Gathered) -> Pin:
    commit = found.commit
    return Pin(
        kind=source.kind,
        source=source.address,
        revision=source.revision,
        named=commit.named if commit else "",
        commit=commit.oid if commit else "",
        sha256=found.sha256,
        at=now(),
    )


def _pin(place: Place, name: str, pinned: Pinned, found: Gathered) -> None:
    """Put FOUND into the store, then write the lock file: the step that counts; then tidy up."""
    store.put(place.packs, found)
    known = {**pins.read(place), name: pinned}
    pins.write(place, known)
    store.keep_only(place.packs, pins.hashes(known))

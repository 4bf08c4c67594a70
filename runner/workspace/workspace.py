"""A workspace in use: its packs, its progress, and every change to the learner's folder."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from runner.errors import UsageError
from runner.files import locked, write_json
from runner.packs.catalogue import open_pack
from runner.packs.models import Exercise, Pack
from runner.workspace import progress as store
from runner.workspace import unlock
from runner.workspace.place import Place, Settings, find, read_settings
from runner.workspace.progress import Progress


@dataclass(frozen=True)
class Laid:
    """What an exercise began from: the seed of its setup, the setup's facts, and the folder's content hash."""

    seed: int = 0
    given: dict[str, Any] = field(default_factory=dict)
    content: str = ""


class Workspace:
    """The learner's folder. `notes` gathers what the learner should be told about it."""

    def __init__(self, place: Place, settings: Settings, packs: list[Pack]) -> None:
        self.place = place
        self.settings = settings
        self.packs = packs
        self.notes: list[str] = []

    # Reading

    @property
    def root(self) -> Path:
        """The workspace's folder."""
        return self.place.root

    def progress(self) -> Progress:
        """The progress as it is on disk now.

        A damaged file is set aside, the learner told, and progress made again from the history.
        """
        try:
            progress = store.read(self.place.progress)
        except store.Unreadable as error:
            progress = self._restore(str(error))
        self._rename(progress)
        return progress

    def exercises(self) -> Iterator[Exercise]:
        """Every exercise of every pack, in teaching order."""
        for pack in self.packs:
            yield from pack.exercises.values()

    def pack_of(self, exercise: Exercise) -> Pack:
        """The pack that holds EXERCISE."""
        return next(pack for pack in self.packs if pack.name == exercise.pack)

    def unlocked(self, progress: Progress) -> set[tuple[str, str]]:
        """What may be worked on, as (pack, id)."""
        return {(pack.name, each) for pack in self.packs for each in unlock.unlocked(progress, pack)}

    def find(self, name: str) -> Exercise:
        """The exercise that NAME means: an id, a slug where unique, or a former id.

        Raises:
            UsageError: none or several are meant.
        """
        everything = list(self.exercises())
        wanted = name.strip("/")
        matching = [each for each in everything if wanted in (each.id, f"{each.pack}/{each.id}")]
        matching = matching or [each for each in everything if wanted == each.slug]
        matching = matching or [each for each in everything if wanted in each.manifest.was]
        if len(matching) == 1:
            return matching[0]
        if matching:
            ids = ", ".join(each.id for each in matching)
            raise UsageError(
                f"Several exercises are called {name}.",
                expected=f"one of {ids}",
                advice=f"use the whole id: {matching[0].id}",
            )
        near = _nearest(wanted, [each.id for each in everything] + [each.slug for each in everything])
        raise UsageError(
            f"There is no exercise {name}.", expected=f"perhaps {near}" if near else "", advice="learn list"
        )

    def current(self, progress: Progress) -> Exercise:
        """Where the learner is; the first open exercise where that is not known.

        Raises:
            UsageError: the packs hold no exercise.
        """
        if progress.current:
            for each in self.exercises():
                if (each.pack, each.id) == progress.current:
                    return each
        for pack in self.packs:
            found = unlock.following(progress, pack, None)
            if found:
                return found
        for each in self.exercises():
            return each
        raise UsageError("There are no exercises here.", advice="learn pack list")

    def following(self, progress: Progress, exercise: Exercise) -> Exercise | None:
        """What comes after EXERCISE, in its pack first."""
        here = self.pack_of(exercise)
        for pack in [here, *(each for each in self.packs if each is not here)]:
            found = unlock.following(progress, pack, exercise.id if pack is here else None)
            if found:
                return found
        return None

    def language(self, exercise: Exercise) -> str:
        """The language that EXERCISE is done in here."""
        return exercise.language(self.settings.language)

    def folder(self, exercise: Exercise) -> Path:
        """Where the learner works on EXERCISE."""
        source = self.settings.packs[self.packs.index(self.pack_of(exercise))]
        return self.root / source.folder / exercise.topic / exercise.slug

    def laid(self, exercise: Exercise) -> Laid:
        """What the learner's folder of EXERCISE began from."""
        try:
            data = json.loads(self._laid_file(exercise).read_text(encoding="utf-8"))
            return Laid(int(data["seed"]), dict(data["given"]), str(data["content"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Laid()

    def files_to_edit(self, exercise: Exercise) -> list[Path]:
        """The learner's files of EXERCISE, those with a TODO first; paths may not exist any more."""
        starter = exercise.starter(self.language(exercise))
        files = [path for path in sorted(starter.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
        marked = [path for path in files if b"TODO(learn)" in path.read_bytes()]
        ordered = dict.fromkeys([*marked, *files])
        folder = self.folder(exercise)
        return [folder / path.relative_to(starter) for path in ordered]

    # Changing

    @contextlib.contextmanager
    def changing(self) -> Iterator[Progress]:
        """Progress to change, alone: read under the lock, written back when the block ends well."""
        with locked(self.place.lock):
            progress = self.progress()
            yield progress
            store.write(self.place.progress, progress)

    def record(self, verdict: Any) -> bool:
        """Keep a verdict that is evidence of the learner's work; True when it is the first pass of its exercise.

        The pass is in the history before it is in the progress file, so that no crash can lose it.
        """
        if verdict.status in ("blocked", "error"):
            return False
        with self.changing() as progress:
            keys = ("pack", "exercise", "language", "content", "seed", "status")
            entry = {key: getattr(verdict, key) for key in keys}
            store.append_history(self.place.history, {**entry, "ms": round(verdict.duration_ms)})
            record = progress.record(verdict.pack, verdict.exercise)
            first = not record.passed and verdict.passed
            record.attempts += 1
            if verdict.passed:
                record.passed.setdefault(verdict.language, store.now())
                record.later = False
        return first

    def enter(self, exercise: Exercise, *, jump: bool = False) -> None:
        """Make EXERCISE the learner's place, laid out if it was not.

        Args:
            jump: the learner asked for it by name, so it opens even where it is locked.

        Raises:
            UsageError: it is locked, and this is no jump.
        """
        with self.changing() as progress:
            if not jump and (exercise.pack, exercise.id) not in self.unlocked(progress):
                raise UsageError(f"{exercise.id} is locked.", advice=f"learn goto {exercise.slug}")
            self._lay(exercise)
            record = progress.record(exercise.pack, exercise.id)
            record.opened = True
            record.later = False
            progress.current = (exercise.pack, exercise.id)

    def lay_out(self, exercise: Exercise) -> None:
        """Lay EXERCISE out without going there."""
        with locked(self.place.lock):
            self._lay(exercise)

    def postpone(self, exercise: Exercise) -> Exercise | None:
        """Do EXERCISE later; returns what comes instead.

        Raises:
            UsageError: it is passed already, or as many as may be are postponed.
        """
        with self.changing() as progress:
            record = progress.record(exercise.pack, exercise.id)
            if record.passed:
                raise UsageError(f"{exercise.id} is passed already.", advice="learn list")
            waiting = [
                key
                for records in progress.packs.values()
                for key, each in records.items()
                if each.later and not each.passed
            ]
            if len(waiting) >= unlock.MOST_LATER and not record.later:
                raise UsageError(
                    f"{unlock.MOST_LATER} exercises wait for later already.",
                    found=", ".join(waiting),
                    advice=f"learn goto {waiting[0]}",
                )
            record.later = True
            found = self.following(progress, exercise)
            if found is None:
                raise UsageError("Nothing else is left to do, so nothing can wait.", advice="learn hint")
        return found

    def reset(self, exercise: Exercise) -> Path | None:
        """Lay EXERCISE out anew; returns where the old work is kept, None where there was none."""
        with locked(self.place.lock):
            kept = self._keep(exercise)
            self._lay(exercise)
        return kept

    def read_hint(self, exercise: Exercise, *, force: bool = False) -> int:
        """Count the next hint as read and return how many are; never more than one between two checks of a save.

        Raises:
            UsageError: no check has run since the last hint was read.
        """
        with self.changing() as progress:
            record = progress.record(exercise.pack, exercise.id)
            if record.hints and record.hinted_at == record.attempts and not record.passed and not force:
                return record.hints
            record.hints = min(len(exercise.manifest.hints), record.hints + 1)
            record.hinted_at = record.attempts
        return record.hints

    # Inside the lock

    def _lay(self, exercise: Exercise) -> None:
        folder = self.folder(exercise)
        if folder.is_dir() and self._laid_file(exercise).is_file():
            return
        if folder.exists() or folder.is_symlink():
            kept = self._keep(exercise)
            self.notes.append(f"{folder} was there before the exercise came; it is kept in {kept}.")
        import shutil  # with compressors behind it, which most commands need not load

        from runner.verify.lay_out import lay_out
        from runner.verify.snapshot import content
        from runner.verify.trial import new_seed

        seed = new_seed()
        making = self.place.making / f"{os.getpid()}-{exercise.slug}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        try:
            given = lay_out(exercise, self.language(exercise), making, seed)
            shutil.copyfile(exercise.brief, making / "README.md")
            record = {"seed": seed, "given": given, "content": content(making)}
            self._laid_file(exercise).parent.mkdir(parents=True, exist_ok=True)
            write_json(self._laid_file(exercise), record)
            folder.parent.mkdir(parents=True, exist_ok=True)
            making.rename(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def _keep(self, exercise: Exercise) -> Path | None:
        """Move the learner's folder of EXERCISE under `.learn/kept/`."""
        folder = self.folder(exercise)
        if not folder.exists() and not folder.is_symlink():
            return None
        name = f"{exercise.topic}-{exercise.slug}-{time.strftime('%Y%m%d-%H%M%S')}"
        self.place.kept.mkdir(parents=True, exist_ok=True)
        kept = self.place.kept / name
        count = 1
        while kept.exists():
            count += 1
            kept = self.place.kept / f"{name}-{count}"
        folder.rename(kept)
        return kept

    def _laid_file(self, exercise: Exercise) -> Path:
        return self.place.laid / exercise.pack / exercise.topic / f"{exercise.slug}.json"

    def _restore(self, reason: str) -> Progress:
        aside = self.place.progress.with_name(f"progress.unreadable-{time.strftime('%Y%m%d-%H%M%S')}.json")
        self.place.progress.rename(aside)
        progress = store.from_history(self.place.history)
        for exercise in self.exercises():
            if self.folder(exercise).is_dir():
                progress.record(exercise.pack, exercise.id).opened = True
        store.write(self.place.progress, progress)
        self.notes.append(
            f"The progress file could not be read ({reason}); it is kept as {aside}. "
            "Your progress was made again from the history. To prove it against your files: learn check-all"
        )
        return progress

    def _rename(self, progress: Progress) -> None:
        """Carry the progress and folders of renamed exercises over to their new ids."""
        for exercise in self.exercises():
            for old in exercise.manifest.was:
                record = progress.packs.get(exercise.pack, {}).pop(old, None)
                if record is None:
                    continue
                progress.packs[exercise.pack].setdefault(exercise.id, record)
                if progress.current == (exercise.pack, old):
                    progress.current = (exercise.pack, exercise.id)
                self._move_folder(exercise, old)

    def _move_folder(self, exercise: Exercise, old: str) -> None:
        new = self.folder(exercise)
        topic, slug = old.split("/")
        before = new.parent.parent / topic / slug
        old_laid = self.place.laid / exercise.pack / topic / f"{slug}.json"
        if before.is_dir() and not new.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            self._laid_file(exercise).parent.mkdir(parents=True, exist_ok=True)
            if old_laid.is_file():
                old_laid.rename(self._laid_file(exercise))
            before.rename(new)
            self.notes.append(f"The exercise {old} is called {exercise.id} now; your work is in {new}.")


def open_workspace(place: Place) -> Workspace:
    """The workspace at PLACE with its packs.

    Raises:
        UsageError: its settings are damaged, or a pack's folder is gone.
        PackError: a pack has faults.
    """
    settings = read_settings(place)
    packs = []
    for index, source in enumerate(settings.packs):
        if not (source.root / "pack.toml").is_file():
            raise UsageError(
                "A pack of this workspace is gone.",
                where=str(place.settings),
                expected=f"a pack in {source.root}",
                found="no pack.toml there",
                advice="put the folder back, or mend the file",
            )
        packs.append(open_pack(source.root, place.cache(index)))
    return Workspace(place, settings, packs)


def find_workspace(start: Path) -> Workspace:
    """The workspace that the folder START lies in.

    Raises:
        UsageError: there is none.
    """
    place = find(start.absolute())
    if place is None:
        raise UsageError(
            "There is no workspace here.",
            where=str(start.absolute()),
            advice="learn watch my-backend   (makes one)",
        )
    return open_workspace(place)


def _nearest(name: str, names: list[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, names, n=1)), "")

"""A workspace in use: its packs, its progress, and every change to the learner's folder."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from runner.engines import Missing
from runner.errors import BlockedError, PackError, UsageError
from runner.files import locked
from runner.packs.catalogue import open_pack
from runner.packs.models import Exercise, Pack, Phase
from runner.workspace import layout, pins, unlock
from runner.workspace import progress as store
from runner.workspace.layout import Laid
from runner.workspace.pins import Pinned
from runner.workspace.place import PackSource, Place, Settings, find, read_settings, write_settings
from runner.workspace.progress import Progress


class Workspace:
    """The learner's folder. `notes` gathers what the learner should be told about it."""

    def __init__(self, place: Place, settings: Settings, packs: list[Pack], pins: dict[str, Pinned]) -> None:
        self.place = place
        self.settings = settings
        self.packs = packs
        self._pins = pins
        self.notes: list[str] = []

    # Reading

    @property
    def root(self) -> Path:
        """The workspace's folder."""
        return self.place.root

    def progress(self) -> Progress:
        """The progress as it is now.

        A damaged file is set aside, the learner told, and progress made again from the history.
        """
        with contextlib.suppress(store.Unreadable):
            progress = self._read()
            if not self._renamed(progress):
                return progress
        # To mend it, or to carry it over to new ids, is a change.
        with self.changing() as progress:
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
        return exercise.language(self.laid(exercise).language or self.settings.language)

    def folder(self, exercise: Exercise) -> Path:
        """Where the learner works on EXERCISE."""
        return self.root / self._source(exercise).folder / exercise.topic / exercise.slug

    def amiss(self, exercise: Exercise) -> Missing | None:
        """Why the checks and files of EXERCISE may not be used: they are not those that were fetched and pinned."""
        name = pins.name_of(self._source(exercise))
        if not name:
            return None
        from runner.packs.store import sound

        sha256 = self._pins[name].now.sha256
        if sound(self.place.packs, sha256, exercise.folder, self.place.proof(sha256)):
            return None
        reason = f"the files of the pack {name} in .learn/ are not those that were added"
        return Missing(f"pack {name}", reason, f"learn pack update {name}")

    def laid(self, exercise: Exercise) -> Laid:
        """What the learner's folder of EXERCISE began from."""
        return layout.laid(self.place, exercise)

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
        with self._alone():
            try:
                progress = self._read()
            except store.Unreadable as error:
                progress = self._restore(str(error))
            self._rename(progress)
            yield progress
            store.write(self.place.progress, progress)

    def record(self, verdict: Any) -> bool:
        """Keep a verdict that is evidence of the learner's work; True when it is the first pass of its exercise.

        The pass is in the history before it is in the progress file, and what the history holds beyond the
        progress is caught up with at the next reading, so that no crash can lose it.
        """
        if verdict.status in ("blocked", "error"):
            return False
        with self.changing() as progress:
            keys = ("pack", "exercise", "language", "content", "seed", "status")
            entry = {"at": store.now(), **{key: getattr(verdict, key) for key in keys}, **self._stages(verdict)}
            progress.seen = store.append_history(self.place.history, {**entry, "ms": round(verdict.duration_ms)})
            record = progress.record(verdict.pack, verdict.exercise)
            first = not record.passed and bool(verdict.passed)
            store.count(record, entry)
        return first

    def _stages(self, verdict: Any) -> dict[str, int]:
        """How many stages are complete, for the history; nothing where the exercise has none."""
        from runner.verify.verdict import settled

        for exercise in self.exercises():
            if (exercise.pack, exercise.id) == (verdict.pack, verdict.exercise) and exercise.manifest.stages:
                return {"stages": exercise.manifest.stages_done(settled(verdict.checks))}
        return {}

    def stages_done(self, exercise: Exercise) -> int:
        """How many stages of EXERCISE were ever complete at once, in the language that it is laid out in."""
        record = self.progress().known(exercise.pack, exercise.id)
        language = self.language(exercise)
        return len(exercise.manifest.stages) if language in record.passed else record.stages.get(language, 0)

    def enter(self, exercise: Exercise, *, jump: bool = False) -> None:
        """Make EXERCISE the learner's place, laid out if it was not.

        Args:
            jump: the learner asked for it by name, so it opens even where it is locked.

        Raises:
            UsageError: it is locked, and this is no jump.
        """
        with self.changing() as progress:
            if not jump:
                self._refuse_locked(exercise, progress)
            self._lay(exercise)
            record = progress.record(exercise.pack, exercise.id)
            if not self.amiss(exercise):
                folder, language = self.folder(exercise), self.language(exercise)
                if not record.passed:
                    self._note(layout.follow_pack(self.place, exercise, language, folder))
                layout.renew_brief(self.place, exercise, folder)
            record.opened = True
            record.later = False
            progress.current = (exercise.pack, exercise.id)

    def lay_out(self, exercise: Exercise) -> None:
        """Lay EXERCISE out without going there.

        Raises:
            UsageError: it is locked.
        """
        if not self.folder(exercise).is_dir():
            self._refuse_locked(exercise, self.progress())
        with self._alone():
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
            known = {each.id: progress.known(each.pack, each.id) for each in self.exercises()}
            waiting = [name for name, each in known.items() if each.later and not each.passed]
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

    def skip(self, pack: Pack, phase: Phase) -> Exercise:
        """Pass over PHASE, an optional one of PACK; returns where the learner is then.

        Raises:
            UsageError: it is not optional, or nothing else is left to do.
        """
        if not phase.optional:
            optional = [each.id for each in pack.manifest.phases if each.optional]
            raise UsageError(
                f"{phase.id} is not optional: later phases build on it.",
                expected=f"an optional phase: {', '.join(optional)}" if optional else "a pack with an optional phase",
                advice="learn later",
            )
        with self.changing() as progress:
            if not unlock.skipped(progress, pack.name, phase.id):
                progress.skipped.append(f"{pack.name}/{phase.id}")
            here = self.current(progress)
            if (here.pack, here.phase) != (pack.name, phase.id):
                return here
            found = self.following(progress, here)
            if found is None:
                raise UsageError(f"Nothing else than {phase.id} is left to do.", advice="learn list")
        self.enter(found)
        return found

    def unskip(self, pack: Pack, phase: Phase) -> None:
        """Undo `skip`."""
        with self.changing() as progress:
            if unlock.skipped(progress, pack.name, phase.id):
                progress.skipped.remove(f"{pack.name}/{phase.id}")

    def reset(self, exercise: Exercise) -> Path | None:
        """Lay EXERCISE out anew; returns where the old work is kept, None where there was none.

        Raises:
            UsageError: it is locked.
        """
        if not self.folder(exercise).exists():
            self._refuse_locked(exercise, self.progress())
        self._refuse_amiss(exercise)
        with self._alone():
            return layout.begin(self.place, exercise, self.language(exercise), self.folder(exercise))

    def change_language(self, language: str) -> None:
        """Have exercises laid out in LANGUAGE from now on; those that are there stay what they are."""
        with self._alone():
            for exercise in self.exercises():
                layout.remember_language(self.place, exercise, self.settings.language)
            self.settings = replace(self.settings, language=language)
            write_settings(self.place, self.settings)

    def switch(self, exercise: Exercise, language: str) -> tuple[Path, bool] | None:
        """Do EXERCISE in LANGUAGE; returns where the work in the other one is, and whether work in this one came back.

        None where it is done in LANGUAGE already.

        Raises:
            UsageError: it cannot be done in LANGUAGE, or is locked.
        """
        if language not in exercise.languages:
            raise UsageError(
                f"{exercise.id} cannot be done in {language}.",
                expected=" or ".join(exercise.languages) or "no language: it is about something else",
                advice="learn list",
            )
        self.lay_out(exercise)
        self._refuse_amiss(exercise)
        with self.changing():  # so that a `learn watch` at work looks again
            old = self.language(exercise)
            if old == language:
                return None
            return layout.switch(self.place, exercise, old, language, self.folder(exercise))

    def look_again(self) -> bool:
        """Take the settings and packs as another program may have changed them; whether there are other packs.

        What cannot be read leaves all as it was.
        """
        before = (self.settings.packs, self._pins)
        with contextlib.suppress(UsageError, PackError):
            settings, known = read_settings(self.place), pins.read(self.place)
            if (settings.packs, known) != before:
                with locked(self.place.lock):  # whoever changes the two is done then
                    settings, known = read_settings(self.place), pins.read(self.place)
                self.packs = _open_packs(self.place, settings, known)
            self.settings, self._pins = settings, known
        return (self.settings.packs, self._pins) != before

    def read_hint(self, exercise: Exercise, *, force: bool = False) -> int:
        """Count the next hint as read and return how many are; the same as before where no check ran since the last.

        Args:
            force: count it all the same.
        """
        with self.changing() as progress:
            record = progress.record(exercise.pack, exercise.id)
            if record.hints and record.hinted_at == record.attempts and not record.passed and not force:
                return record.hints
            record.hints = min(len(exercise.manifest.hints), record.hints + 1)
            record.hinted_at = record.attempts
        return record.hints

    def _read(self) -> Progress:
        progress = store.read(self.place.progress)
        store.catch_up(self.place.history, progress)
        return progress

    def _source(self, exercise: Exercise) -> PackSource:
        return self.settings.packs[self.packs.index(self.pack_of(exercise))]

    def _refuse_locked(self, exercise: Exercise, progress: Progress) -> None:
        if (exercise.pack, exercise.id) not in self.unlocked(progress):
            raise UsageError(f"{exercise.id} is locked.", advice=f"learn goto {exercise.slug}")

    def _refuse_amiss(self, exercise: Exercise) -> None:
        if missing := self.amiss(exercise):
            raise BlockedError(f"{exercise.id} cannot be laid out: {missing.reason}.", advice=missing.advice)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock; what a killed program left half made is removed first."""
        with locked(self.place.lock):
            self._sweep()
            yield

    # Inside the lock

    def _sweep(self) -> None:
        if self.place.making.exists():
            import shutil  # with compressors behind it, which most commands need not load

            shutil.rmtree(self.place.making)
        for path in [*self.place.own.glob(".*.new"), *self.place.laid.rglob(".*.new")]:
            path.unlink()

    def _lay(self, exercise: Exercise) -> None:
        if not self.folder(exercise).is_dir() or not self.laid(exercise).content:
            self._refuse_amiss(exercise)
        self._note(layout.lay(self.place, exercise, self.language(exercise), self.folder(exercise)))

    def _note(self, words: str) -> None:
        if words:
            self.notes.append(words)

    def _restore(self, reason: str) -> Progress:
        aside = layout.free(self.place.own / f"progress.unreadable-{time.strftime('%Y%m%d-%H%M%S')}")
        self.place.progress.rename(aside)
        progress = Progress()
        store.catch_up(self.place.history, progress)
        for exercise in self.exercises():
            if self.folder(exercise).is_dir():
                progress.record(exercise.pack, exercise.id).opened = True
        store.write(self.place.progress, progress)
        self.notes.append(
            f"The progress file could not be read ({reason}); it is kept as {aside}. "
            "Your progress was made again from the history. To prove it against your files: learn check-all"
        )
        return progress

    def _renamed(self, progress: Progress) -> bool:
        """Whether PROGRESS holds other ids of exercises than those of here."""
        return any(other in progress.packs.get(each.pack, {}) for other, each in self._other_ids())

    def called_now(self) -> dict[tuple[str, str], str]:
        """The id of now of each exercise that was renamed, by its pack and the id that it had."""
        return {(exercise.pack, other): exercise.id for other, exercise in self._other_ids()}

    def _other_ids(self) -> Iterator[tuple[str, Exercise]]:
        """The ids that exercises had before, and those that they had in an update that was undone."""
        for pack in self.packs:
            for exercise in pack.exercises.values():
                yield from ((old, exercise) for old in exercise.manifest.was)
            if pack.name in self._pins:
                ids = self._pins[pack.name].ids
                yield from ((other, pack.exercises[own]) for other, own in ids.items() if own in pack.exercises)

    def _rename(self, progress: Progress) -> None:
        """Carry the progress and folders of renamed exercises over to their ids of now.

        Not where another program has changed the packs since they were opened: what is new here may be old by now.
        """
        if self._renamed(progress) and pins.read(self.place) == self._pins:
            for other, exercise in self._other_ids():
                self._carry_over(progress, other, exercise)

    def _carry_over(self, progress: Progress, old: str, exercise: Exercise) -> None:
        record = progress.packs.get(exercise.pack, {}).pop(old, None)
        if record is None:
            return
        known = progress.known(exercise.pack, exercise.id)
        progress.packs[exercise.pack][exercise.id] = store.merged(record, known)
        if progress.current == (exercise.pack, old):
            progress.current = (exercise.pack, exercise.id)
        self._note(layout.move(self.place, exercise, old, self.folder(exercise)))


def open_workspace(place: Place) -> Workspace:
    """The workspace at PLACE with its packs.

    Raises:
        UsageError: its settings or its lock file are damaged, or a pack's folder is gone.
        PackError: a pack has faults.
    """
    settings = read_settings(place)
    known = pins.read(place)
    return Workspace(place, settings, _open_packs(place, settings, known), known)


def _open_packs(place: Place, settings: Settings, known: dict[str, Pinned]) -> list[Pack]:
    packs = []
    for index, source in enumerate(settings.packs):
        root = pins.root_of(place, source, known)
        if not (root / "pack.toml").is_file():
            name = pins.name_of(source)
            raise UsageError(
                "A pack of this workspace is gone.",
                where=str(place.settings),
                expected=f"a pack in {root}",
                found="no pack.toml there",
                advice=f"learn pack update {name}"
                if name
                else f"put the folder back, or: learn pack remove {root.name}",
            )
        packs.append(open_pack(root, place.cache(index)))
    return packs


def find_place(start: Path) -> Place:
    """The place of the workspace that the folder START lies in.

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
    return place


def find_workspace(start: Path) -> Workspace:
    """The workspace that the folder START lies in.

    Raises:
        UsageError: there is none.
    """
    return open_workspace(find_place(start))


def _nearest(name: str, names: list[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, names, n=1)), "")

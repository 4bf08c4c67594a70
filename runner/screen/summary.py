"""From packs and progress to the rows that the list and the roadmap show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from runner.packs.models import Exercise, Pack
from runner.screen.roadmap import Entry, PhaseRow
from runner.workspace import unlock
from runner.workspace.progress import Progress


@dataclass(frozen=True)
class Summary:
    """Everything that the list and the roadmap show."""

    entries: tuple[Entry, ...]
    phases: tuple[PhaseRow, ...]

    def phase(self, exercise: Exercise) -> PhaseRow | None:
        """The phase that EXERCISE belongs to."""
        return next((each for each in self.phases if each.id == exercise.phase), None)


def summarise(packs: Iterable[Pack], progress: Progress) -> Summary:
    """The rows of PACKS as PROGRESS has them."""
    entries: list[Entry] = []
    phases: list[PhaseRow] = []
    for pack in packs:
        free = unlock.unlocked(progress, pack)
        entries += [_entry(each, progress, free) for each in pack.exercises.values()]
        for phase in pack.manifest.phases:
            core = [each for each in pack.exercises.values() if each.phase == phase.id and not each.manifest.extra]
            done = sum(unlock.passed(progress, each) for each in core)
            skipped = unlock.skipped(progress, pack.name, phase.id)
            phases.append(PhaseRow(phase.id, phase.title, phase.months, phase.optional, done, len(core), skipped))
    return Summary(tuple(entries), tuple(phases))


def _entry(exercise: Exercise, progress: Progress, free: set[str]) -> Entry:
    record = progress.known(exercise.pack, exercise.id)
    manifest = exercise.manifest
    state = "passed" if record.passed else "later" if record.later else "open" if exercise.id in free else "locked"
    return Entry(exercise.pack, exercise.id, manifest.title, state, manifest.stars, manifest.minutes, manifest.extra)

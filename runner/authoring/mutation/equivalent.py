"""Mutants that an author has noted as no mistakes, in the `equivalent.toml` beside an exercise's answers."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from runner.authoring.mutation.edits import KINDS, Mutant
from runner.errors import Fault, UsageError
from runner.files import write_whole
from runner.packs import manifest
from runner.packs.models import Exercise

FILE = "equivalent.toml"


@dataclass(frozen=True)
class Noted:
    """One mutant that is no mistake, and why. Only the id decides; the rest is for people."""

    id: str
    place: str
    before: str
    after: str
    because: str = ""


@dataclass(frozen=True)
class Open:
    """A kind of mistake, one of `KINDS`, that is none in this exercise, since its brief leaves that open."""

    kind: str
    because: str


@dataclass(frozen=True)
class Notes:
    """An `equivalent.toml`. `exempt` says why no answer to the exercise is mutated; empty where they are."""

    mutants: tuple[Noted, ...] = ()
    open: tuple[Open, ...] = ()
    exempt: str = ""

    def accepts(self, mutant: Mutant) -> bool:
        """Whether MUTANT is noted, by itself or by its kind."""
        return any(each.id == mutant.id for each in self.mutants) or any(each.kind == mutant.kind for each in self.open)


def path_of(exercise: Exercise) -> Path:
    """Where the notes of EXERCISE lie, also before there are any."""
    return exercise.answers / FILE


def read(exercise: Exercise) -> tuple[Notes, list[Fault]]:
    """What is noted for EXERCISE, and the faults of the file."""
    path = path_of(exercise)
    if not path.exists():
        return Notes(), []
    name = path.relative_to(exercise.root).as_posix()
    notes, faults = manifest.read(path, Notes, name)
    notes = notes or Notes()
    for index, each in enumerate(notes.open):
        if each.kind not in KINDS:
            faults.append(Fault(name, f"open[{index}].kind", repr(each.kind), f"one of {', '.join(KINDS)}"))
    return notes, faults


def note(exercise: Exercise, mutant: Mutant, because: str) -> None:
    """Add MUTANT to the end of the notes of EXERCISE; what stands there is kept as it is.

    Raises:
        ImportError: the packages of the extra `authors` are not installed.
        UsageError: the file holds `mutants` in a form that nothing can be added to.
        OSError: the file cannot be written; it is then as it was.
    """
    import tomlkit

    path = path_of(exercise)
    # The answer's file without the line, which moves.
    noted = Noted(mutant.id, f"{mutant.answer}/{mutant.file}", mutant.before, mutant.after, because)
    tables = tomlkit.aot()
    tables.append(tomlkit.item(asdict(noted)))
    old = path.read_text(encoding="utf-8").rstrip() if path.exists() else ""
    text = (old + "\n\n" if old else "") + tomlkit.dumps({"mutants": tables})
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        advice = "write each mutant as a table [[mutants]]"
        raise UsageError("The note cannot be added.", found=str(error), where=str(path), advice=advice) from None
    write_whole(path, text)

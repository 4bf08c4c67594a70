"""From a folder to a validated pack: every manifest read, every reference between them resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from runner.errors import Fault, PackError
from runner.packs import manifest
from runner.packs.models import Exercise, ExerciseManifest, Pack, PackManifest

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME_RULE = "small letters, digits and single hyphens"


def load(root: Path) -> Pack:
    """Read and validate the pack in the folder ROOT.

    Raises:
        PackError: with every fault of every file.
    """
    root = root.resolve()
    head, faults = manifest.read(root / "pack.toml", PackManifest, "pack.toml")
    if head is None:
        raise _error(root, faults)
    faults += _head_faults(head)
    pack = Pack(str(root), head)
    for phase in head.phases:
        for topic in phase.topics:
            for slug in topic.order:
                exercise, found = _exercise(root, head.name, phase.id, topic.id, slug)
                faults += found
                if exercise:
                    pack.exercises.setdefault(exercise.id, exercise)
    faults += [*_unlisted(root, head), *_references(pack)]
    if faults:
        raise _error(root, faults)
    return pack


def _error(root: Path, faults: list[Fault]) -> PackError:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return PackError(f"The pack in {root} has {count}.", faults, advice=f"learn pack check {root}")


def _exercise(root: Path, pack: str, phase: str, topic: str, slug: str) -> tuple[Exercise | None, list[Fault]]:
    name = f"exercises/{phase}/{topic}/{slug}/exercise.toml"
    found, faults = manifest.read(root / name, ExerciseManifest, name)
    if found is None:
        return None, faults
    exercise = Exercise(pack, phase, topic, slug, str(root), found)
    return exercise, list(_exercise_faults(exercise, name))


def _head_faults(head: PackManifest) -> Iterator[Fault]:
    topics = [topic for phase in head.phases for topic in phase.topics]
    names = [("name", head.name)]
    names += [(f"phases[{index}].id", phase.id) for index, phase in enumerate(head.phases)]
    names += [(f"topic {topic.id}", topic.id) for topic in topics]
    names += [(f"topic {topic.id}: order", slug) for topic in topics for slug in topic.order]
    for key, value in names:
        if not NAME.fullmatch(value):
            yield Fault("pack.toml", key, repr(value), NAME_RULE)
    ids = [topic.id for topic in topics]
    for index, topic in enumerate(topics):
        if topic.id in ids[:index]:
            yield Fault("pack.toml", f"topic {topic.id}", "the same id twice", "each topic once")
        for slug in sorted({slug for slug in topic.order if topic.order.count(slug) > 1}):
            yield Fault("pack.toml", f"topic {topic.id}: order", f"{slug} twice", "each exercise once")
        for needed in topic.requires:
            if needed not in ids[:index]:
                yield Fault(
                    "pack.toml",
                    f"topic {topic.id}: requires",
                    repr(needed),
                    "a topic that stands before this one",
                )


def _exercise_faults(exercise: Exercise, name: str) -> Iterator[Fault]:
    checks = [check.id for check in exercise.manifest.checks]
    for index, check in enumerate(exercise.manifest.checks):
        if not NAME.fullmatch(check.id):
            yield Fault(name, f"checks[{index}].id", repr(check.id), NAME_RULE)
        if check.id in checks[:index]:
            yield Fault(name, f"checks[{index}].id", f"{check.id!r} twice", "each check once")
        for needed in check.needs:
            if needed not in checks[:index]:
                yield Fault(name, f"checks[{index}].needs", repr(needed), "a check that stands before this one")
    for language in exercise.languages:
        starter = exercise.starter(language)
        if not starter.is_dir() and not (exercise.folder / "setup.py").is_file():
            yield Fault(
                name,
                "languages",
                f"no folder {starter.relative_to(exercise.root)}",
                "a starter for each language",
            )
    for needed in ("README.md", "checks"):
        if not (exercise.folder / needed).exists():
            yield Fault(name.replace("exercise.toml", needed), "", "nothing", "every exercise has a brief and checks")


def _unlisted(root: Path, head: PackManifest) -> Iterator[Fault]:
    """Exercise folders that no topic's `order` names: nobody would ever meet them."""
    listed = {
        f"{phase.id}/{topic.id}/{slug}" for phase in head.phases for topic in phase.topics for slug in topic.order
    }
    for path in sorted(root.glob("exercises/*/*/*/exercise.toml")):
        place = path.parent.relative_to(root / "exercises").as_posix()
        if place not in listed:
            yield Fault(
                "pack.toml",
                "order",
                f"no mention of exercises/{place}",
                "every exercise in its topic's order",
            )


def _references(pack: Pack) -> Iterator[Fault]:
    before: set[str] = set()
    for exercise in pack.exercises.values():
        name = f"exercises/{exercise.phase}/{exercise.id}/exercise.toml"
        for needed in exercise.manifest.requires:
            if needed not in before:
                yield Fault(name, "requires", repr(needed), "the id of an exercise that stands before this one")
        for old in exercise.manifest.was:
            if old in pack.exercises:
                yield Fault(name, "was", repr(old), "a former id that no exercise has now")
        before.add(exercise.id)

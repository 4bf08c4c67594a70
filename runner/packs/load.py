"""From a folder to a validated pack: every manifest read, every reference between them resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from runner.errors import Fault, PackError
from runner.isolation import higher
from runner.packs import manifest
from runner.packs.models import Exercise, ExerciseManifest, Pack, PackManifest

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID = re.compile(f"{NAME.pattern}/{NAME.pattern}")
NAME_RULE = "small letters, digits and single hyphens"


def load(root: Path) -> Pack:
    """Read and validate the pack in the folder ROOT.

    Raises:
        PackError: with every fault of every file.
    """
    root = root.resolve()
    head, faults = manifest.read(root / "pack.toml", PackManifest, "pack.toml")
    if head is None:
        raise _error(root, [*faults, *_exercises_alone(root)])
    faults += _head_faults(head)
    pack = Pack(str(root), head)
    for phase in head.phases:
        for topic in phase.topics:
            for slug in topic.order:
                exercise, found = _exercise(root, head, phase.id, topic.id, slug)
                faults += found
                if exercise:
                    pack.exercises.setdefault(exercise.id, exercise)
    faults += [*_unlisted(root, head), *_references(pack, head)]
    if faults:
        raise _error(root, faults)
    return pack


def _error(root: Path, faults: list[Fault]) -> PackError:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return PackError(f"The pack in {root} has {count}.", faults, advice=f"learn pack check {root}")


def _exercises_alone(root: Path) -> Iterator[Fault]:
    """The faults of each `exercise.toml` where `pack.toml` cannot say how they belong together."""
    for path in sorted(root.glob("exercises/*/*/*/exercise.toml")):
        yield from manifest.read(path, ExerciseManifest, path.relative_to(root).as_posix())[1]


def _exercise(root: Path, head: PackManifest, phase: str, topic: str, slug: str) -> tuple[Exercise | None, list[Fault]]:
    name = f"exercises/{phase}/{topic}/{slug}/exercise.toml"
    if not (root / name).parent.exists():
        order = f"this folder, or no {slug!r} in the order of the topic {topic} in pack.toml"
        return None, [Fault(name.removesuffix("/exercise.toml"), "", "no such folder", order)]
    found, faults = manifest.read(root / name, ExerciseManifest, name)
    if found is None:
        return None, faults
    isolation = higher(head.isolation, found.isolation)
    exercise = Exercise(head.name, phase, topic, slug, str(root), found, isolation)
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
    phases = [phase.id for phase in head.phases]
    for index, phase in enumerate(phases):
        if phase in phases[:index]:
            yield Fault("pack.toml", f"phases[{index}].id", f"{phase!r} twice", "each phase once")
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
    yield from _stage_faults(exercise.manifest, name)
    for language in exercise.languages:
        starter = exercise.starter(language)
        if not starter.is_dir() and not (exercise.folder / "setup.py").is_file():
            yield Fault(
                name,
                "languages",
                f"no folder {starter.relative_to(exercise.root)}",
                "a starter for each language, or a setup.py that fills the folder",
            )
    if not (exercise.folder / "checks").is_dir():
        yield Fault(name.replace("exercise.toml", "checks"), "", "no such folder", "every exercise has checks")
    yield from _brief_faults(exercise, name.replace("exercise.toml", "README.md"))


def _stage_faults(manifest: ExerciseManifest, name: str) -> Iterator[Fault]:
    count = len(manifest.stages)
    for index, title in enumerate(manifest.stages):
        if not title.strip():
            yield Fault(name, f"stages[{index}]", repr(title), "a title")
        if not any(check.stage == index + 1 for check in manifest.checks):
            yield Fault(name, f"stages[{index}]", "no check", f"at least one check with stage = {index + 1}")
    highest = 1
    for index, check in enumerate(manifest.checks):
        if not 1 <= check.stage <= max(1, count):
            allowed = f"a number from 1 to {count}" if count else "1: this exercise has no stages"
            yield Fault(name, f"checks[{index}].stage", str(check.stage), allowed)
        elif check.stage < highest:
            yield Fault(
                name, f"checks[{index}].stage", f"{check.stage} after {highest}", "checks in the order of stages"
            )
        else:
            highest = check.stage


def _brief_faults(exercise: Exercise, name: str) -> Iterator[Fault]:
    try:
        exercise.brief.read_text(encoding="utf-8")
    except FileNotFoundError:
        yield Fault(name, "", "no such file", "every exercise has a brief")
    except UnicodeDecodeError as error:
        yield Fault(name, "", f"a byte that is not UTF-8 at offset {error.start}", "UTF-8 text")
    except OSError as error:
        yield Fault(name, "", f"an unreadable file ({error.strerror})", "a file you may read")


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


def _references(pack: Pack, head: PackManifest) -> Iterator[Fault]:
    ids = [f"{topic.id}/{slug}" for phase in head.phases for topic in phase.topics for slug in topic.order]
    former: set[str] = set()
    now = {old: exercise.id for exercise in pack.exercises.values() for old in exercise.manifest.was}
    for exercise in pack.exercises.values():
        name = f"exercises/{exercise.phase}/{exercise.id}/exercise.toml"
        before = ids[: ids.index(exercise.id)]
        for needed in exercise.manifest.requires:
            if needed not in before:
                found = f"{needed!r}, which is called {now[needed]} now" if needed in now else repr(needed)
                yield Fault(name, "requires", found, "the id of an exercise that stands before this one")
        for old in exercise.manifest.was:
            if old in ids or old in former or not ID.fullmatch(old):
                yield Fault(name, "was", repr(old), "a former id, topic/slug, that no exercise has now or had besides")
            former.add(old)

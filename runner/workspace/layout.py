"""The exercises' folders in a workspace: laid out, kept, moved. Nothing of the learner's is overwritten or deleted.

Every function here is called under the workspace's lock.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from runner.files import write_json
from runner.packs.models import Exercise
from runner.workspace.place import Place

BRIEF = "README.md"
"""The exercise's brief in the learner's folder."""


@dataclass(frozen=True)
class Laid:
    """What an exercise began from.

    Args:
        seed: of its setup.
        given: the setup's facts.
        content: the hash of the learner's folder as it was laid out.
        origin: the hash of the pack's own files that it was made of; empty where that is not known.
        language: what it was laid out in; empty where it has none, or where that is not known.
        brief: the hash of the brief that was laid beside it; empty where that is not known.
    """

    seed: int = 0
    given: dict[str, Any] = field(default_factory=dict)
    content: str = ""
    origin: str = ""
    language: str = ""
    brief: str = ""


def laid(place: Place, exercise: Exercise) -> Laid:
    """What the learner's folder of EXERCISE began from; an empty record where that is not known."""
    try:
        data = json.loads(_record(place, exercise).read_text(encoding="utf-8"))
        later = [str(data.get(key, "")) for key in ("origin", "language", "brief")]
        return Laid(int(data["seed"]), dict(data["given"]), str(data["content"]), *later)
    except (OSError, ValueError, KeyError, TypeError):
        return Laid()


def lay(place: Place, exercise: Exercise, language: str, folder: Path) -> str:
    """Have EXERCISE laid out in FOLDER; where it is already, nothing happens. Returns words for the learner, or ""."""
    if folder.is_dir() and _record(place, exercise).is_file():
        return ""
    if not folder.exists() and _come_back(place, exercise, language, folder):
        return ""
    kept = begin(place, exercise, language, folder)
    return f"{folder} was there before the exercise came; it is kept in {kept}." if kept else ""


def begin(place: Place, exercise: Exercise, language: str, folder: Path) -> Path | None:
    """Lay EXERCISE out anew; returns where what was in FOLDER is kept, None where there was nothing.

    The new folder is filled elsewhere and renamed into its place, so that a crash or a setup that fails leaves all of
    it or nothing, and the old one where it was.
    """
    import shutil  # with compressors behind it, which most commands need not load

    from runner.verify.lay_out import lay_out
    from runner.verify.snapshot import content
    from runner.verify.trial import new_seed

    seed = new_seed()
    making = place.making / f"{os.getpid()}-{exercise.slug}"
    making.mkdir(parents=True)
    try:
        given = lay_out(exercise, language, making, seed)
        shutil.copyfile(exercise.brief, making / BRIEF)
        record = Laid(seed, given, content(making), origin(exercise, language), language, _hash(making / BRIEF))
        kept = _keep(place, exercise, folder)
        _write(place, exercise, record)
        folder.parent.mkdir(parents=True, exist_ok=True)
        making.rename(folder)
    finally:
        shutil.rmtree(place.making, ignore_errors=True)
    return kept


def origin(exercise: Exercise, language: str) -> str:
    """The hash of the pack's files that EXERCISE is laid out from."""
    import hashlib  # with a library behind it, which most commands need not load

    from runner.verify.snapshot import content

    setup = exercise.folder / "setup.py"
    made_by = setup.read_bytes() if setup.is_file() else b""
    return hashlib.sha256(content(exercise.starter(language)).encode() + made_by).hexdigest()


def follow_pack(place: Place, exercise: Exercise, language: str, folder: Path) -> str:
    """Where the pack has new starting files: take them if the learner has changed nothing, else leave theirs.

    Returns words for the learner, or "".
    """
    from runner.verify.snapshot import content

    before = laid(place, exercise)
    now = origin(exercise, language)
    if not before.origin or before.origin == now:
        return ""
    if content(folder) == before.content:
        kept = begin(place, exercise, language, folder)
        return (
            f"The pack has new starting files for {exercise.id}. You had not changed the old ones; they are in {kept}."
        )
    _write(place, exercise, replace(before, origin=now))
    return f"The pack has new starting files for {exercise.id}; yours are left as they are. For the new: learn reset"


def renew_brief(place: Place, exercise: Exercise, folder: Path) -> None:
    """Lay the brief of now into FOLDER where the one there is still as it was laid; a learner's notes in it stay."""
    import shutil  # with compressors behind it, which most commands need not load

    from runner.verify.snapshot import content

    before, file = laid(place, exercise), folder / BRIEF
    now = _hash(exercise.brief)
    if before.brief in ("", now) or file.is_symlink() or not file.is_file() or _hash(file) != before.brief:
        return
    untouched = content(folder) == before.content
    place.making.mkdir(exist_ok=True)
    new = place.making / BRIEF
    shutil.copyfile(exercise.brief, new)
    new.replace(file)
    _write(place, exercise, replace(before, brief=now, content=content(folder) if untouched else before.content))


def _hash(file: Path) -> str:
    import hashlib  # with a library behind it, which most commands need not load

    return hashlib.sha256(file.read_bytes()).hexdigest()


def switch(place: Place, exercise: Exercise, old: str, new: str, folder: Path) -> tuple[Path, bool]:
    """Put the work of EXERCISE in the language OLD away, and lay it out in NEW, or bring back what was put away before.

    Returns where the old work is, and whether the new one came back. A crash at any point leaves the work in its
    folder or where it was put away, and `lay` brings it back from there.
    """
    away = _away(place, exercise, old)
    if away.exists():  # left by somebody's hand; it is kept all the same
        _keep(place, exercise, away)
    away.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(away)
    _record(place, exercise).rename(away.with_suffix(".json"))
    if _come_back(place, exercise, new, folder):
        return away, True
    try:
        begin(place, exercise, new, folder)
    except BaseException:
        _come_back(place, exercise, old, folder)
        raise
    return away, False


def remember_language(place: Place, exercise: Exercise, language: str) -> None:
    """Keep LANGUAGE as that of EXERCISE where its record, made by an older program, names none."""
    before = laid(place, exercise)
    if _record(place, exercise).is_file() and exercise.manifest.languages and not before.language:
        _write(place, exercise, replace(before, language=exercise.language(language)))


def _come_back(place: Place, exercise: Exercise, language: str, folder: Path) -> bool:
    """Bring back the work in LANGUAGE that was put away; False where there is none."""
    away = _away(place, exercise, language)
    if not away.is_dir():
        return False
    record = _record(place, exercise)
    record.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):  # a crash may have left it where it belongs
        away.with_suffix(".json").rename(record)
    folder.parent.mkdir(parents=True, exist_ok=True)
    away.rename(folder)
    return True


def _away(place: Place, exercise: Exercise, language: str) -> Path:
    return place.other / (language or "none") / exercise.pack / exercise.topic / exercise.slug


def _keep(place: Place, exercise: Exercise, folder: Path) -> Path | None:
    if not folder.exists() and not folder.is_symlink():
        return None
    place.kept.mkdir(parents=True, exist_ok=True)
    kept = free(place.kept / f"{exercise.topic}-{exercise.slug}-{time.strftime('%Y%m%d-%H%M%S')}")
    folder.rename(kept)
    return kept


def free(path: Path) -> Path:
    """PATH, or PATH with the first number behind it that nothing has yet."""
    found, count = path, 1
    while found.exists() or found.is_symlink():
        count += 1
        found = path.with_name(f"{path.name}-{count}")
    return found


def move(place: Place, exercise: Exercise, old: str, folder: Path) -> str:
    """Carry the folder of an exercise that was called OLD over to FOLDER; returns words for the learner, or ""."""
    topic, slug = old.split("/")
    for away in place.other.glob(f"*/{exercise.pack}/{topic}/{slug}*"):
        if away.name in (slug, f"{slug}.json"):
            there = away.parents[1] / exercise.topic / f"{exercise.slug}{away.suffix}"
            there.parent.mkdir(parents=True, exist_ok=True)
            away.rename(there)
    before = folder.parent.parent / topic / slug
    if not before.is_dir() or folder.exists():
        return ""
    folder.parent.mkdir(parents=True, exist_ok=True)
    record = _record(place, exercise)
    record.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        (place.laid / exercise.pack / topic / f"{slug}.json").rename(record)
    before.rename(folder)
    return f"The exercise {old} is called {exercise.id} now; your work is in {folder}."


def _record(place: Place, exercise: Exercise) -> Path:
    return place.laid / exercise.pack / exercise.topic / f"{exercise.slug}.json"


def _write(place: Place, exercise: Exercise, record: Laid) -> None:
    """Write RECORD among what is being made, where a crash's remains are swept, then move it to its place."""
    place.making.mkdir(exist_ok=True)
    new = place.making / "laid.json"
    write_json(new, asdict(record))
    file = _record(place, exercise)
    file.parent.mkdir(parents=True, exist_ok=True)
    new.replace(file)

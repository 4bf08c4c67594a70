"""New packs and new exercises, made from the templates beside this file.

A template is a folder of files as they will be. One that ends in `.j2` is rendered first and loses that ending; all
others are copied byte for byte.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from runner.authoring.order import entered
from runner.errors import UsageError
from runner.files import write_whole
from runner.packs.load import NAME, NAME_RULE, load
from runner.packs.models import SUFFIXES, Language, Pack

TEMPLATES = Path(__file__).parent / "templates"

LONGEST_TITLE = 60
"""Characters of a title at most: it is a heading of a brief, and a line of a list."""

FIRST = "start/basket"
"""The id of the exercise that a new pack begins with."""


@dataclass(frozen=True)
class Wanted:
    """The exercise to make.

    Args:
        id: its id, `topic/slug`.
        kind: one of `KINDS`.
        title: its title; made of the slug where it is empty.
        languages: the languages to answer in; empty for all that the template has.
        phase: the phase that a new topic is put into; the last one where it is empty.
    """

    id: str
    kind: str
    title: str = ""
    languages: tuple[str, ...] = ()
    phase: str = ""


def new_pack(folder: Path, title: str = "") -> Path:
    """Make a pack in FOLDER, which is new or empty, with one exercise; its name is the folder's.

    Returns:
        the folder.

    Raises:
        UsageError: the name or the title cannot be used, or something lies in FOLDER.
    """
    _demand_name(folder.name)
    if folder.is_file() or (folder.is_dir() and any(each.name != ".git" for each in folder.iterdir())):
        advice = "choose another name, or begin in an empty folder"
        raise UsageError("There is something in that folder already.", where=str(folder), advice=advice)
    topic, slug = FIRST.split("/")
    words = {"name": folder.name, "title": _title(title, folder.name), "topic": topic, "slug": slug}
    folder.mkdir(parents=True, exist_ok=True)
    with _beside(folder) as made:
        _lay(TEMPLATES / "pack", made, words)
        _lay_exercise(made, Wanted(FIRST, "function"), "1-basics")
        for each in sorted(made.iterdir()):
            each.rename(folder / each.name)
    return folder


def new_exercise(root: Path, wanted: Wanted) -> list[Path]:
    """Make the exercise WANTED in the pack in the folder ROOT, the last of its topic, which is made where it is new.

    Returns:
        the folders of the exercise and of its answers.

    Raises:
        UsageError: the id, the title, a language or the phase cannot be used.
        PackError: the pack has faults, which are to be mended first.
    """
    if not (root / "pack.toml").is_file():
        raise UsageError("There is no pack here.", where=str(root), advice="learn pack new NAME, then cd NAME")
    pack = load(root)
    topic, slug = _demand_id(pack, wanted.id)
    phase = _phase(pack, topic, wanted.phase)
    text = (root / "pack.toml").read_text(encoding="utf-8")
    order = entered(text, phase, topic, slug)
    targets = [root / part / phase / topic / slug for part in ("exercises", "solutions")]
    for target in targets:
        if target.exists():
            raise UsageError(
                "Something lies there already.", where=str(target), advice="move it away, or choose another id"
            )
    with _beside(root) as made:
        _lay_exercise(made, wanted, phase)
        for target in reversed(targets):  # the answers first: what is in no list yet is told of by the exercise alone
            target.parent.mkdir(parents=True, exist_ok=True)
            (made / target.relative_to(root)).rename(target)
    write_whole(root / "pack.toml", order)
    return targets


def _demand_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise UsageError("That cannot be the name of a pack.", expected=NAME_RULE, found=name, advice=_renamed(name))
    if name == "roadmap":
        raise UsageError("The built-in pack has that name.", found=name, advice="choose another name")


def _renamed(name: str) -> str:
    """The command with a name like NAME that can be used, where there is one."""
    better = "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in name.lower()).split())
    return f"learn pack new {better}" if better else "choose another name"


def _demand_id(pack: Pack, name: str) -> tuple[str, str]:
    topic, _, slug = name.partition("/")
    if not NAME.fullmatch(topic) or not NAME.fullmatch(slug):
        expected = f"TOPIC/SLUG, each of {NAME_RULE}"
        raise UsageError(
            "That cannot be the id of an exercise.", expected=expected, found=name, advice="such as git/first-commit"
        )
    taken = next((each for each in pack.exercises.values() if name in (each.id, *each.manifest.was)), None)
    if taken:
        problem = "The pack has that exercise already." if taken.id == name else f"{taken.id} was called that before."
        raise UsageError(problem, where=str(taken.folder), advice="choose another slug")
    return topic, slug


def _phase(pack: Pack, topic: str, told: str) -> str:
    """The phase of TOPIC; for a new one that which was TOLD, or the last."""
    ids = [each.id for each in pack.manifest.phases]
    if topic in pack.topics():
        there = pack.phase_of(topic).id
        if told not in ("", there):
            raise UsageError(
                f"The topic {topic} is in another phase.", expected=there, found=told, advice="leave --phase out"
            )
        return there
    if told and told not in ids:
        raise UsageError(
            "The pack has no such phase.", expected=", ".join(ids), found=told, advice="add it to pack.toml first"
        )
    return told or ids[-1]


def _title(told: str, slug: str) -> str:
    """The title that was TOLD, or one made of SLUG."""
    title = told.strip() or slug.replace("-", " ").capitalize()
    if len(title) > LONGEST_TITLE or not title.isprintable():
        expected = f"at most {LONGEST_TITLE} signs on one line"
        raise UsageError("That cannot be a title.", expected=expected, found=title, advice="say it in fewer words")
    return title


def _languages(template: Path, wanted: Wanted) -> tuple[str, ...]:
    """The languages of the exercise, in the order of the format."""
    there = tuple(each for each in get_args(Language) if (template / "exercise" / "starter" / each).is_dir())
    if not there and wanted.languages:
        problem = f"An exercise of the kind {wanted.kind} has no language of its own."
        raise UsageError(problem, found=", ".join(wanted.languages), advice="leave --languages out")
    for each in wanted.languages:
        if each not in there:
            raise UsageError(
                "That is not a language here.", expected=", ".join(there), found=each, advice="--languages " + there[0]
            )
    return tuple(each for each in there if not wanted.languages or each in wanted.languages)


def _lay_exercise(root: Path, wanted: Wanted, phase: str) -> None:
    """Lay the exercise and its answers into the folder ROOT of a pack."""
    topic, slug = wanted.id.split("/")
    template = TEMPLATES / wanted.kind
    languages = _languages(template, wanted)
    words: dict[str, Any] = {"id": wanted.id, "topic": topic, "slug": slug, "title": _title(wanted.title, slug)}
    words |= {"languages": languages, "files": _files(template, languages)}
    for part, source in (("exercises", "exercise"), ("solutions", "solutions")):
        _lay(template / source, root / part / phase / topic / slug, words)
    _drop_others(root, languages)


def _files(template: Path, languages: tuple[str, ...]) -> str:
    """The learner's file in each language, as a brief names them."""
    starters = [template / "exercise" / "starter" / each for each in languages]
    files = [file for starter in starters for file in starter.iterdir() if file.is_file()]  # no bytecode of pip's
    return " or ".join(f"`{file.name}`" for file in files)


def _drop_others(root: Path, languages: tuple[str, ...]) -> None:
    """Remove what is written in a language that the exercise has not; one without any language keeps all."""
    if not languages:
        return
    for path in [each for each in root.rglob("*") if SUFFIXES.get(each.suffix, languages[0]) not in languages]:
        if "checks" not in path.parts and path.name != "setup.py":  # these are Python's, whatever learners write
            path.unlink()
    for folder in root.glob("exercises/*/*/*/starter/*/"):
        if not any(folder.iterdir()):
            folder.rmdir()


def _lay(template: Path, folder: Path, words: dict[str, Any]) -> None:
    """Copy TEMPLATE to FOLDER, its `.j2` files rendered with WORDS."""
    from jinja2 import Environment, StrictUndefined

    jinja = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined)
    jinja.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    for source in sorted(template.rglob("*")):
        target = folder / source.relative_to(template)
        if source.is_dir() or "__pycache__" in source.parts:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".j2":
            text = jinja.from_string(source.read_text(encoding="utf-8")).render(words)
            target.with_suffix("").write_text(text, encoding="utf-8")
        else:
            shutil.copyfile(source, target)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A temporary folder in FOLDER, so that what is made in it is renamed into its place whole."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder, ignore_cleanup_errors=True) as place:
        yield Path(place)

"""Reading a local checkout of an Exercism track, which is laid out as Exercism's documentation says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.errors import UsageError
from runner.packs.load import NAME

MOST_BYTES = 1024 * 1024
"""What one file of an exercise may hold; a text that somebody wrote is far below it."""


class Unreadable(Exception):
    """An exercise of the track that cannot be read; the text says why."""


@dataclass(frozen=True)
class Listed:
    """An exercise as the track's `config.json` lists it; `difficulty` from 1 to 10."""

    slug: str
    name: str
    difficulty: int
    deprecated: bool


@dataclass(frozen=True)
class Track:
    """A track: where it lies, its language, the text of its licence (empty where there is none), its exercises."""

    root: Path
    language: str
    slug: str
    licence: str
    practices: tuple[Listed, ...]


@dataclass(frozen=True)
class Practice:
    """A practice exercise with its texts and files, by their names inside its folder."""

    listed: Listed
    blurb: str
    source: str
    source_url: str
    people: tuple[str, ...]
    instructions: str
    introduction: str
    hints: str
    tests: str
    starter: dict[str, str]
    answer: dict[str, str]

    @property
    def modules(self) -> dict[str, str]:
        """The answer's source by module name."""
        return {Path(name).stem: source for name, source in self.answer.items() if name.endswith(".py")}


def read_track(root: Path) -> Track:
    """The track in the folder ROOT.

    Raises:
        UsageError: it is no track, or not one of Python.
    """
    data = _config(root)
    language = data.get("language")
    if language != "Python":
        raise UsageError(
            "Tests are carried over from the Python track alone.",
            where=str(root / "config.json"),
            expected='"language": "Python"',
            found=json.dumps(language),
            advice="git clone https://github.com/exercism/python",
        )
    listed = data["exercises"]["practice"]
    practices = [_listed(each) for each in listed if isinstance(each, dict)]
    licence = root / "LICENSE"
    return Track(root, language, str(data.get("slug", "python")), _optional(licence), tuple(filter(None, practices)))


def _config(root: Path) -> dict[str, Any]:
    path = root / "config.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(data["exercises"]["practice"], list):
            return dict(data)
        found = "another shape"
    except FileNotFoundError:
        found = "no such file"
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        found = str(error)
    except (KeyError, TypeError):
        found = "another shape"
    except ValueError as error:
        found = f"JSON that does not parse: {error}"
    raise UsageError(
        "The folder is no checkout of an Exercism track.",
        where=str(path),
        expected='a file such as {"language": "Python", "exercises": {"practice": [...]}}',
        found=found,
        advice="git clone https://github.com/exercism/python, then learn pack import exercism python",
    )


def _listed(data: dict[str, Any]) -> Listed | None:
    slug, difficulty = data.get("slug"), data.get("difficulty")
    if not isinstance(slug, str):
        return None
    known = difficulty if type(difficulty) is int and 1 <= difficulty <= 10 else 1
    name = data.get("name")
    return Listed(slug, name if isinstance(name, str) and name else slug, known, data.get("status") == "deprecated")


def read_practice(track: Track, listed: Listed) -> Practice:
    """The exercise LISTED of TRACK.

    Raises:
        Unreadable: a file is missing, is no text, or lies outside of the exercise's folder.
    """
    if not NAME.fullmatch(listed.slug):
        raise Unreadable(f"its slug {listed.slug!r} is not of small letters, digits and single hyphens")
    folder = track.root / "exercises" / "practice" / listed.slug
    try:
        data = json.loads(_text(folder, ".meta/config.json"))
        files: dict[str, list[str]] = {key: _names(data["files"].get(key, [])) for key in FILES}
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise Unreadable(f".meta/config.json cannot be used: {error!r}") from None
    if len(files["test"]) != 1 or not files["solution"] or len(files["example"]) != len(files["solution"]):
        raise Unreadable("it has not one test module, and one example for each file of a solution")
    given = {name: _text(folder, name) for name in files["editor"]}
    instructions = _text(folder, ".docs/instructions.md")
    more = _optional(folder / ".docs" / "instructions.append.md")
    return Practice(
        listed=listed,
        blurb=_words(data, "blurb") or listed.name,
        source=_words(data, "source"),
        source_url=_words(data, "source_url"),
        people=tuple(sorted({str(each) for key in ("authors", "contributors") for each in data.get(key) or []})),
        instructions="\n\n".join(filter(None, [instructions, more])),
        introduction=_optional(folder / ".docs" / "introduction.md"),
        hints=_optional(folder / ".docs" / "hints.md"),
        tests=_text(folder, files["test"][0]),
        starter={**given, **{name: _text(folder, name) for name in files["solution"]}},
        answer={
            name: _text(folder, example) for name, example in zip(files["solution"], files["example"], strict=True)
        },
    )


FILES = ("solution", "test", "example", "editor")
"""The kinds of files that an exercise's `.meta/config.json` names."""


def _names(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError("its files are no lists of names")
    return value


def _words(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _text(folder: Path, name: str) -> str:
    """The text of a file of the exercise; it is a stranger's, so it must lie in its folder."""
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()) or ".." in Path(name).parts:
            raise Unreadable(f"{name} lies outside of its folder")
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(f"{name} is larger than {MOST_BYTES >> 20} MiB")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Unreadable(f"{name} is not UTF-8 text") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"{name}: {getattr(error, 'strerror', None) or error}") from None


def _optional(path: Path) -> str:
    try:
        return _text(path.parent, path.name)
    except Unreadable:
        return ""

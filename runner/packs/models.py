"""The shapes of `pack.toml` and `exercise.toml`, and of the catalogue made of them.

Plain frozen dataclasses, so that a command which only reads a cached catalogue imports no validator.
The `annotated_types` marks are what `packs.manifest` has pydantic enforce.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len, MinLen

Language = Literal["python", "javascript"]
Engine = Literal["bash", "git", "node"]
Text = Annotated[str, MinLen(1)]

LANGUAGES: tuple[Language, ...] = ("python", "javascript")
SUFFIXES: dict[str, Language] = {
    ".py": "python",
    ".mjs": "javascript",
    ".js": "javascript",
    ".cjs": "javascript",
}


@dataclass(frozen=True)
class CheckSpec:
    """One check as its manifest names it; `test_` and the id with underscores is its pytest function."""

    id: Text
    points: Annotated[int, Ge(1), Le(100)] = 1
    needs: tuple[Text, ...] = ()

    @property
    def function(self) -> str:
        """The name of the pytest function that holds this check."""
        return "test_" + self.id.replace("-", "_")


@dataclass(frozen=True)
class ExerciseManifest:
    """An `exercise.toml`. `timeout` in seconds and `memory` in MiB bound one run of the learner's program."""

    format: Literal[1]
    title: Text
    summary: Text
    stars: Annotated[int, Ge(1), Le(4)]
    minutes: Annotated[int, Ge(1), Le(2400)]
    hints: Annotated[tuple[Text, ...], Len(3, 3)]
    passed: Text
    checks: Annotated[tuple[CheckSpec, ...], MinLen(1)]
    links: Annotated[tuple[Text, ...], MinLen(1)]
    requires: tuple[Text, ...] = ()
    was: tuple[Text, ...] = ()
    extra: bool = False
    engines: tuple[Engine, ...] = ()
    languages: tuple[Language, ...] = ()
    timeout: Annotated[float, Ge(1), Le(600)] = 10.0
    memory: Annotated[int, Ge(64), Le(8192)] = 1024


@dataclass(frozen=True)
class Topic:
    """A group of exercises; `order` is the teaching order of its slugs, `requires` names topics."""

    id: Text
    title: Text
    order: Annotated[tuple[Text, ...], MinLen(1)]
    requires: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Phase:
    """A stretch of the roadmap; `months` is for reading, such as `1-2`."""

    id: Text
    title: Text
    months: str = ""
    optional: bool = False
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True)
class PackManifest:
    """A `pack.toml`."""

    format: Literal[1]
    name: Text
    title: Text
    phases: Annotated[tuple[Phase, ...], MinLen(1)]


@dataclass(frozen=True)
class Exercise:
    """An exercise in its place: where it lies in the roadmap and on disk."""

    pack: str
    phase: str
    topic: str
    slug: str
    root: str
    manifest: ExerciseManifest

    @property
    def id(self) -> str:
        """`topic/slug`, stable for ever."""
        return f"{self.topic}/{self.slug}"

    @property
    def folder(self) -> Path:
        """Where the manifest, brief, starter and checks lie."""
        return Path(self.root, "exercises", self.phase, self.topic, self.slug)

    @property
    def answers(self) -> Path:
        """Where the right and wrong answers lie."""
        return Path(self.root, "solutions", self.phase, self.topic, self.slug)

    @property
    def brief(self) -> Path:
        """The brief's file."""
        return self.folder / "README.md"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages to answer in; one empty string where the exercise has no language of its own."""
        return self.manifest.languages or ("",)

    def language(self, preferred: str) -> str:
        """The language of a run: PREFERRED where the exercise has it, else its first."""
        return preferred if preferred in self.languages else self.languages[0]

    def starter(self, language: str) -> Path:
        """The folder that the learner begins from in LANGUAGE."""
        return self.folder / "starter" / language if language else self.folder / "starter"


@dataclass(frozen=True)
class Pack:
    """A validated pack: its manifest and its exercises in teaching order, by id."""

    root: str
    manifest: PackManifest
    exercises: dict[str, Exercise] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The pack's name, which progress is kept under."""
        return self.manifest.name

    def topics(self) -> dict[str, Topic]:
        """The topics by id, in order."""
        return {topic.id: topic for phase in self.manifest.phases for topic in phase.topics}

    def phase_of(self, topic: str) -> Phase:
        """The phase that holds the topic of that id."""
        return next(phase for phase in self.manifest.phases if any(each.id == topic for each in phase.topics))

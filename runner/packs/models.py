"""The shapes of `pack.toml` and `exercise.toml`, and of the catalogue made of them.

Plain frozen dataclasses, so that a command which only reads a cached catalogue imports no validator. Their types are
enforced by pydantic and the limits below by `packs.manifest`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from runner.isolation import Level

Language = Literal["python", "javascript"]
Engine = Literal[
    "azurite",
    "bash",
    "curl",
    "docker",
    "express",
    "git",
    "gitlab-ci-local",
    "jose",
    "jsonwebtoken",
    "mongodb",
    "moto",
    "node",
    "node-aws",
    "node-azure",
    "node-mongodb",
    "node-redis",
    "postgresql",
    "pyjwt",
    "redis",
    "rsync",
    "terraform",
]

LIMITS: dict[str, tuple[float, float]] = {
    "points": (1, 100),
    "stars": (1, 4),
    "minutes": (1, 2400),
    "timeout": (1, 600),
    "memory": (64, 8192),
}
"""The least and the most that a number of a manifest may be, by its key."""

HINTS = 3
"""Hints of each exercise: look, idea, steps."""


LANGUAGES: tuple[Language, ...] = ("python", "javascript")
SUFFIXES: dict[str, Language] = {
    ".py": "python",
    ".mjs": "javascript",
    ".js": "javascript",
    ".cjs": "javascript",
}


@dataclass(frozen=True)
class CheckSpec:
    """One check as its manifest names it; `test_` and the id with underscores is its pytest function.

    It is tried once those in `needs`, and all of the stages before its own, have passed. One with an `engine` is tried
    where that is here, and passed over elsewhere.
    """

    id: str
    points: int = 1
    needs: tuple[str, ...] = ()
    engine: Engine | None = None
    stage: int = 1

    @property
    def function(self) -> str:
        """The name of the pytest function that holds this check."""
        return "test_" + self.id.replace("-", "_")


@dataclass(frozen=True)
class ExerciseManifest:
    """An `exercise.toml`. `timeout` in seconds and `memory` in MiB bound one run of the learner's program.

    `isolation` is the least level that a run must have. `images` are those that learners build on, by their public
    names, for an exercise that uses Docker. `stages` are the titles of its stages; empty where it has none. `unproven`
    says that the wrong answers which the gates ask for are still to be written, as after an import.
    """

    format: Literal[1]
    title: str
    summary: str
    stars: int
    minutes: int
    hints: tuple[str, ...]
    passed: str
    checks: tuple[CheckSpec, ...]
    links: tuple[str, ...]
    requires: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    extra: bool = False
    engines: tuple[Engine, ...] = ()
    images: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    timeout: float = 10.0
    memory: int = 1024
    isolation: Level = "none"
    stages: tuple[str, ...] = ()
    unproven: bool = False

    def stages_done(self, passed: Collection[str]) -> int:
        """How many of its stages are complete, from the first on, where the checks PASSED (ids) have passed."""
        open_ones = [check.stage for check in self.checks if check.id not in passed]
        return min(open_ones, default=len(self.stages) + 1) - 1 if self.stages else 0


@dataclass(frozen=True)
class Topic:
    """A group of exercises; `order` is the teaching order of its slugs, `requires` names topics."""

    id: str
    title: str
    order: tuple[str, ...]
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Phase:
    """A stretch of the roadmap; `months` is for reading, such as `1-2`."""

    id: str
    title: str
    months: str = ""
    optional: bool = False
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True)
class PackManifest:
    """A `pack.toml`. `isolation` is the least level that a run of any of its exercises must have.

    `authors` and `license` are for reading, before somebody adds the pack.
    """

    format: Literal[1]
    name: str
    title: str
    phases: tuple[Phase, ...]
    isolation: Level = "none"
    authors: tuple[str, ...] = ()
    license: str = ""


@dataclass(frozen=True)
class Exercise:
    """An exercise in its place: where it lies in the roadmap and on disk.

    `isolation` is the higher of what its manifest and its pack's ask for.
    """

    pack: str
    phase: str
    topic: str
    slug: str
    root: str
    manifest: ExerciseManifest
    isolation: Level = "none"

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
    def check_files(self) -> list[Path]:
        """The Python files of the checks; not what editors put beside one that is open, such as `.#name`."""
        found = sorted((self.folder / "checks").rglob("*.py"))
        return [path for path in found if path.is_file() and not path.name.startswith(".")]

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

    @property
    def brings_solutions(self) -> bool:
        """Whether it has answers; an author may keep them back."""
        return Path(self.root, "solutions").is_dir()

    def topics(self) -> dict[str, Topic]:
        """The topics by id, in order."""
        return {topic.id: topic for phase in self.manifest.phases for topic in phase.topics}

    def phase_of(self, topic: str) -> Phase:
        """The phase that holds the topic of that id."""
        return next(phase for phase in self.manifest.phases if any(each.id == topic for each in phase.topics))

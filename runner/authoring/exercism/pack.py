"""From a track to a pack: each exercise read, translated, written, and tried with the track's own answer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import tomlkit

from runner.authoring.exercism import pages
from runner.authoring.exercism.expressions import NotCarried
from runner.authoring.exercism.prove import failing
from runner.authoring.exercism.track import Listed, Practice, Track, Unreadable, read_practice
from runner.authoring.exercism.translate import Left, Translation, translate
from runner.packs.load import load
from runner.packs.models import HINTS

NAME = "exercism-python"
PHASE = "practice"
TOPICS = {"easy": "Easy", "medium": "Medium", "hard": "Hard"}

LEAST_SHARE = 0.5
"""The part of an exercise's tests that must become checks; with fewer, a wrong answer would too often pass."""

MINUTES = 15
"""What an exercise is said to take for each of its stars: a guess, since tracks say nothing about it."""


TIMEOUT = 30
"""Seconds for one run of all checks of an exercise: some of the track's tests are there to take their time."""


@dataclass(frozen=True)
class Outcome:
    """What became of one exercise: its id (empty when it was left out, with the reason), and its tests by name."""

    slug: str
    id: str
    reason: str
    carried: int
    left: tuple[Left, ...]
    hints: int

    @property
    def tests(self) -> int:
        """How many tests the track has for it."""
        return self.carried + len(self.left)


@dataclass(frozen=True)
class Report:
    """What became of all exercises that were asked for."""

    outcomes: tuple[Outcome, ...]

    @property
    def carried(self) -> list[Outcome]:
        """The exercises of the pack."""
        return [each for each in self.outcomes if each.id]

    def plain(self) -> dict[str, Any]:
        """The report for `--json`."""
        return {"schema": 1, "exercises": [asdict(each) for each in self.outcomes]}


@dataclass(frozen=True)
class _Made:
    """An exercise that was translated, and the ids of those checks that it keeps."""

    practice: Practice
    translation: Translation
    kept: tuple[str, ...]
    left: tuple[Left, ...]

    @property
    def topic(self) -> str:
        """Exercism's own three levels: easy to 3, medium to 7, hard from 8 on."""
        difficulty = self.practice.listed.difficulty
        return "easy" if difficulty <= 3 else "medium" if difficulty <= 7 else "hard"

    @property
    def id(self) -> str:
        """Its id in the pack."""
        return f"{self.topic}/{self.practice.listed.slug}"

    @property
    def enough(self) -> bool:
        """Whether enough of its tests are checks."""
        return len(self.kept) >= LEAST_SHARE * (len(self.kept) + len(self.left)) and bool(self.kept)


def import_track(
    track: Track, chosen: list[Listed], into: Path, on_exercise: Callable[[str], None] = lambda slug: None
) -> Report:
    """Make the folder INTO, which must not exist, a pack of the exercises CHOSEN of TRACK.

    Every check is tried with the track's own answer, and left out where that does not pass it. The folder appears when
    all of it is written.

    Args:
        on_exercise: called with the slug of each exercise that is taken up.

    Raises:
        OSError: the folder cannot be written.
    """
    made: list[_Made] = []
    lost: dict[str, Outcome] = {}
    for listed in chosen:
        on_exercise(listed.slug)
        try:
            made.append(_translated(read_practice(track, listed)))
        except (Unreadable, NotCarried) as reason:
            lost[listed.slug] = Outcome(listed.slug, "", str(reason), 0, (), 0)
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{into.name}-", dir=into.parent) as place:
        root = Path(place, into.name)
        made = _proven(made, root)
        outcomes = {each.practice.listed.slug: _outcome(each) for each in made} | lost
        report = Report(tuple(outcomes[listed.slug] for listed in chosen))
        if report.carried:
            _write_pack(track, [each for each in made if each.enough], root)
            (root / "IMPORT.md").write_text(_report_page(report), encoding="utf-8")
            load(root)
            root.rename(into)
    return report


def _translated(practice: Practice) -> _Made:
    translation = translate(practice.tests, practice.modules)
    return _Made(practice, translation, tuple(each.id for each in translation.carried), translation.left)


def _proven(made: list[_Made], root: Path) -> list[_Made]:
    """MADE without the checks that the track's own answers do not pass; written to ROOT for that, and removed again."""
    candidates = [each for each in made if each.enough]
    if not candidates:
        return made
    for each in candidates:
        _write_exercise(each, root)
    _write_head(candidates, root)
    refused = failing(load(root))
    shutil.rmtree(root)
    return [_without(each, refused.get(each.id, {})) for each in made]


def _without(made: _Made, refused: dict[str, str]) -> _Made:
    names = {each.id: each.test for each in made.translation.carried}
    left = [Left(names[name], why) for name, why in refused.items()]
    kept = tuple(each for each in made.kept if each not in refused)
    return replace(made, kept=kept, left=(*made.left, *left))


def _outcome(made: _Made) -> Outcome:
    slug = made.practice.listed.slug
    written = sum(each != pages.NO_HINT for each in pages.hints(made.practice))
    reason = "" if made.enough else "too few of its tests can be checks"
    return Outcome(slug, made.id if made.enough else "", reason, len(made.kept), made.left, written)


def _write_pack(track: Track, made: list[_Made], root: Path) -> None:
    for each in made:
        _write_exercise(each, root)
    _write_head(made, root)
    (root / "NOTICE.md").write_text(_notice(track, made), encoding="utf-8")
    if track.licence:
        (root / "LICENSE").write_text(track.licence, encoding="utf-8")


def _write_head(made: list[_Made], root: Path) -> None:
    topics = [
        {"id": topic, "title": title, "order": [each.practice.listed.slug for each in made if each.topic == topic]}
        for topic, title in TOPICS.items()
        if any(each.topic == topic for each in made)
    ]
    phase = {"id": PHASE, "title": "Practice exercises", "topics": topics}
    head = {"format": 1, "name": NAME, "title": "Exercism's Python track", "phases": [phase]}
    (root / "pack.toml").write_text(tomlkit.dumps(head), encoding="utf-8")


def _write_exercise(made: _Made, root: Path) -> None:
    practice = made.practice
    place = Path(PHASE, made.topic, practice.listed.slug)
    folder = root / "exercises" / place
    kept = [each for each in made.translation.carried if each.id in made.kept]
    module = practice.listed.slug.replace("-", "_")
    _write(folder, "exercise.toml", tomlkit.dumps(_manifest(made)))
    _write(folder, "README.md", pages.brief(practice, [each.claim for each in kept]))
    _write(folder, "SUMMARY.md", pages.summary(practice))
    _write(folder / "checks", f"test_{module}.py", made.translation.keeping(set(made.kept)))
    for name, source in practice.starter.items():
        _write(folder / "starter" / "python", name, source)
    for name, source in practice.answer.items():
        _write(root / "solutions" / place / "right" / "example", name, source)


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _manifest(made: _Made) -> dict[str, Any]:
    listed = made.practice.listed
    stars = -(-listed.difficulty * 4 // 10)
    solved = f"{pages.address(made.practice)}/solutions"
    return {
        "format": 1,
        "title": listed.name,
        "summary": made.practice.blurb,
        "stars": stars,
        "minutes": stars * MINUTES,
        "languages": ["python"],
        "timeout": TIMEOUT,
        "links": list(filter(None, [pages.address(made.practice), made.practice.source_url])),
        "hints": pages.hints(made.practice),
        "passed": f"You solved {listed.name}. See how others did it: {solved}",
        "unproven": True,
        "checks": [{"id": each} for each in made.kept],
    }


def _notice(track: Track, made: list[_Made]) -> str:
    licence = "It is under the licence in the file LICENSE, which came with it." if track.licence else NO_LICENCE
    lines = [
        "# Where this pack comes from\n",
        "Its exercises were made by `learn pack import exercism` from the Python track of Exercism,",
        "<https://github.com/exercism/python>. Texts, starting files, answers and the tests that the checks were made",
        f"of are the work of the people below, by their names on GitHub. {licence}\n",
    ]
    for each in made:
        people = ", ".join(each.practice.people) or "not named"
        lines.append(f"- {each.id}: {people}" + (f". {each.practice.source}" if each.practice.source else ""))
    return "\n".join(lines) + "\n"


NO_LICENCE = "The checkout held no file LICENSE: look there for the licence before you share this pack."


def _report_page(report: Report) -> str:
    """The report as a page of the pack, for its author."""
    lost = [each for each in report.outcomes if not each.id]
    lines = ["# What was carried over, and what was not\n", *(f"{line}  " for line in report_lines(report))]
    lines += ["\n## To be written\n", *TO_DO]
    if lost:
        lines += ["\n## Exercises left out\n", *(f"- {each.slug}: {_why(each)}" for each in lost)]
    for each in report.outcomes:
        if each.left:
            lines.append(f"\n## {each.slug}: {each.carried} of {each.tests} tests\n")
            lines += [f"- {left.test}: {left.reason}" for left in each.left]
    return "\n".join(lines) + "\n"


def _why(outcome: Outcome) -> str:
    return f"{outcome.reason} ({outcome.carried} of {outcome.tests})" if outcome.tests else outcome.reason


def report_lines(report: Report) -> list[str]:
    """The report in a few lines."""
    carried = report.carried
    tests = sum(each.tests for each in report.outcomes)
    return [
        f"{len(carried)} of {len(report.outcomes)} exercises, {sum(each.carried for each in carried)} of {tests} tests",
        f"{sum(not each.left for each in carried)} exercises with all of their tests",
        f"{sum(each.hints == HINTS for each in carried)} exercises with their three hints",
    ]


TO_DO = (
    "- Wrong answers: a track has none, so each exercise says `unproven = true`. Write three for each under `wrong/`,",
    "  with the check that must refuse them, then remove the line.",
    "- Hints, where `exercise.toml` says that nobody has written them.",
    "- Minutes in `exercise.toml`: they were guessed from the difficulty.",
    "- Checks count a tuple and a list with the same values as equal.",
)
"""What an author has to do by hand; the same for every pack."""
